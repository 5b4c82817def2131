import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["express", "fastify", "koa", "hono", "node", "fetch", "diagnostics"].map((name) => `src/${name}.ts`),
  format: "esm",
  target: "es2022",
  sourcemap: true,
  clean: true,
});
