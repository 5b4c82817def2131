import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { check, compile, compileFiles, createMemoryHost, format } from "../src/index.js";

test("the library compiles sources in memory, with what they import", () => {
  const host = createMemoryHost({
    "services/api.cors": 'import partners from "../shared.cors"\norigins @partners\n',
    "shared.cors": "set partners [\n  https://partner.example\n]\n",
  });
  const { files, diagnostics } = compileFiles(["services/api.cors"], host);
  expect(diagnostics).toEqual([]);
  expect(files[0]?.policies?.[0]?.compiled.origins).toEqual(["https://partner.example"]);
});

test("the library checks and formats a text", () => {
  expect(check("origins https://App.example.com\n").diagnostics.map(({ code }) => code)).toEqual(["origin-uppercase"]);
  expect(check("origins *\n")).toEqual({ diagnostics: [], omitted: 0 });
  expect(format("methods PUT,DELETE\norigins *").text).toBe("methods PUT, DELETE\norigins *\n");
});

test("the library says what can't be read", () => {
  const { unreadable } = compileFiles(["nothing.cors"], createMemoryHost({}));
  expect(unreadable).toEqual([{ path: "nothing.cors", problem: "does not exist" }]);
});

test("a warning leaves the policies, an error does not, and a denied warning is an error", () => {
  const source = "origins https://a.example.com:*\n";
  expect(compile(source).policies).toHaveLength(1);
  expect(compile(source).diagnostics.map(({ severity }) => severity)).toEqual(["warning"]);
  expect(compile(source, { deny: ["any-port"] }).policies).toEqual([]);
});

test.each([
  ["a word", "", ["unknown-setting"]],
  ["an origin", "origins https://", ["missing-comma"]],
  ["an address", "origins http://[", ["missing-comma"]],
  ["a comment", "# ", ["missing-origins"]],
])("the library does not throw at ten megabytes without a space: %s", (_what, start, codes) => {
  const { diagnostics, policies } = compile(`${start}${"a".repeat(1e7)}`);
  expect(policies).toEqual([]);
  expect(diagnostics.map(({ code }) => code)).toEqual(expect.arrayContaining(codes));
});

test("the library runs in a browser: no module of Node is reached", async () => {
  const { metafile } = await build({
    entryPoints: [fileURLToPath(new URL("../src/index.ts", import.meta.url))],
    alias: {
      "@corslang/runtime": fileURLToPath(new URL("../../runtime/src/index.ts", import.meta.url)),
      "@corslang/runtime/testing": fileURLToPath(new URL("../../runtime/src/testing.ts", import.meta.url)),
    },
    bundle: true,
    platform: "browser",
    format: "esm",
    write: false,
    metafile: true,
  });
  const inputs = Object.keys(metafile.inputs);
  expect(inputs.some((path) => path.endsWith("dsl/src/compile.ts"))).toBe(true);
  expect(inputs.filter((path) => path.includes("/src/cli/"))).toEqual([]);
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  expect(imports.filter(({ external }) => external)).toEqual([]);
});
