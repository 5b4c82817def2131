import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { defineConfig, type Options } from "tsup";

const RAW = "?raw";

/** Makes an import of `FILE?raw` the text of the file, as it is for Vite and with it for the tests. */
const rawFiles: NonNullable<Options["esbuildPlugins"]>[number] = {
  name: "raw-files",
  setup(build) {
    build.onResolve({ filter: /\?raw$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.slice(0, -RAW.length)),
      namespace: "raw",
    }));
    build.onLoad({ filter: /./, namespace: "raw" }, async ({ path }) => ({
      contents: await readFile(path, "utf8"),
      loader: "text",
    }));
  },
};

export default defineConfig({
  entry: { index: "src/index.ts", watch: "src/watch/index.ts", cli: "src/cli/main.ts" },
  format: "esm",
  target: "es2022",
  platform: "node",
  sourcemap: true,
  clean: true,
  // What the packages below need is in the bundle: one package to install, half the time to start, and no warning
  // about the Node version that they ask for and the bundle does not.
  noExternal: ["chevrotain", "diff", "leven", "tldts", "zod"],
  esbuildPlugins: [rawFiles],
});
