/* Puts the handler into workerd, Cloudflare's runtime, as `wrangler dev` does: bundled into one module, on a port. */
import { build } from "esbuild";
import { Miniflare } from "miniflare";

const { outputFiles } = await build({
  entryPoints: [`${import.meta.dirname}/handler.mjs`],
  bundle: true,
  format: "esm",
  write: false,
});

const server = new Miniflare({
  modules: true,
  script: outputFiles[0].text,
  compatibilityDate: "2026-07-01",
  host: "127.0.0.1",
  port: Number(process.env.PORT ?? 8787),
});
console.log(`${await server.ready}`);
