/*
 * Prints what the runtime weighs, alone and with each adapter, minified and compressed, and what others weigh. Fails
 * when a limit is passed.
 */
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { root } from "./run.mjs";

export const LIMIT_RUNTIME = 3000;
export const LIMIT_WITH_ADAPTER = 4000;

const ADAPTERS = ["express", "fastify", "koa", "hono", "node", "fetch"];

/** Bytes of a bundle of these exports, minified and compressed; `folder` has the packages. */
export async function sizeOf(contents, folder = `${root}examples`) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: folder },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "node",
    target: "es2022",
    write: false,
    // What users get: without this, the workspace's own tsconfig.json would lead to the sources.
    tsconfigRaw: "{}",
    // The bundles share files, and name one also where they use nothing of it.
    logOverride: { "ignored-bare-import": "silent" },
  });
  return gzipSync(outputFiles[0].contents, { level: 9 }).length;
}

/** What each costs, and what it may cost. Needs the packages to be built. */
export async function measureSizes() {
  const runtime = 'export { createMatcher } from "@corslang/runtime";';
  const sizes = [{ what: "runtime", bytes: await sizeOf(runtime), limit: LIMIT_RUNTIME }];
  for (const adapter of ADAPTERS) {
    const bytes = await sizeOf(`${runtime}\nexport { cors } from "@corslang/adapters/${adapter}";`);
    sizes.push({ what: `runtime and ${adapter} adapter`, bytes, limit: LIMIT_WITH_ADAPTER });
  }
  return sizes;
}

if (process.argv[1] === import.meta.filename) {
  const sizes = await measureSizes();
  for (const { what, bytes, limit } of sizes) console.log(`${what.padEnd(28)} ${bytes} of at most ${limit} bytes`);
  process.exitCode = sizes.some(({ bytes, limit }) => bytes > limit) ? 1 : 0;
}
