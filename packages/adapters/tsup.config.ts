import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/express.ts", "src/fastify.ts", "src/koa.ts", "src/fetch.ts"],
  format: "esm",
  target: "es2022",
  sourcemap: true,
  clean: true,
});
