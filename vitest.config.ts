import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

function source(path: string): string {
  return fileURLToPath(new URL(`./packages/${path}`, import.meta.url));
}

export default defineConfig({
  resolve: {
    // Tests run against the sources: a change is seen without a build, and what is mutated reaches every package's tests.
    alias: [
      { find: /^@corslang\/runtime$/, replacement: source("runtime/src/index.ts") },
      { find: /^@corslang\/runtime\/testing$/, replacement: source("runtime/src/testing.ts") },
      { find: /^@corslang\/dsl$/, replacement: source("dsl/src/index.ts") },
      { find: /^@corslang\/dsl\/watch$/, replacement: source("dsl/src/watch/index.ts") },
      { find: /^@corslang\/adapters\/(\w+)$/, replacement: source("adapters/src/$1.ts") },
    ],
  },
  test: {
    include: ["packages/*/test/**/*.test.ts", "test/**/*.test.ts"],
    typecheck: { enabled: false },
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});
