import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/index.ts", "src/testing.ts"],
  // Each entry is one file that stands alone: the compiler puts the text of the main one into modules that import nothing.
  splitting: false,
  format: "esm",
  target: "es2022",
  sourcemap: true,
  clean: true,
});
