import { defineConfig } from "tsup";

export default defineConfig({
  entry: { index: "src/index.ts", cli: "src/cli/main.ts" },
  format: "esm",
  target: "es2022",
  platform: "node",
  sourcemap: true,
  clean: true,
  // What the packages below need is in the bundle: one package to install, half the time to start, and no warning
  // about the Node version that they ask for and the bundle does not.
  noExternal: ["chevrotain", "diff", "leven", "tldts", "zod"],
});
