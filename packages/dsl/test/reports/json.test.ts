import { describe, expect, expectTypeOf, test } from "vitest";
import type * as z from "zod";
import { type JsonReport, renderJson, toJsonReport } from "../../src/diagnostics/json.js";
import { reportSchema } from "../../src/diagnostics/report-schema.js";
import { compileFixtures, compileSources, ODD_NAMES, TOOL_VERSION } from "./sources.js";
import { createPublishedValidator } from "./validators.js";

const TOOL = { name: "corslang", version: TOOL_VERSION };
const DOCUMENTATION = "https://github.com/corslang/corslang/blob/main/docs/diagnostics.md#";

const validate = createPublishedValidator("report.schema.json");

test("the schema and the report's type say the same", () => {
  // Checked by the compiler; at run time these lines do nothing.
  expectTypeOf<z.infer<typeof reportSchema>>().toEqualTypeOf<JsonReport>();
  expectTypeOf<z.input<typeof reportSchema>>().toEqualTypeOf<JsonReport>();
});

test("nothing to report", () => {
  expect(toJsonReport(compileSources({ "api.cors": "origins *\n" }), TOOL_VERSION)).toEqual({
    version: 1,
    tool: TOOL,
    summary: { files: 1, errors: 0, warnings: 0, omitted: 0, problems: 0 },
    diagnostics: [],
    problems: [],
  });
});

test("an error with a fix", () => {
  const result = compileSources({ "api.cors": "# Ünïcode 😀\r\norigins https://App.example.com\r\n" });
  expect(toJsonReport(result, TOOL_VERSION)).toEqual({
    version: 1,
    tool: TOOL,
    summary: { files: 1, errors: 1, warnings: 0, omitted: 0, problems: 0 },
    diagnostics: [
      {
        code: "origin-uppercase",
        severity: "error",
        message:
          "`https://App.example.com` has upper-case letters, and browsers send origins in lower case; write `https://app.example.com`",
        url: `${DOCUMENTATION}origin-uppercase`,
        file: "api.cors",
        start: { offset: 22, line: 2, column: 9 },
        end: { offset: 45, line: 2, column: 32 },
        related: [],
        fix: {
          title: "write `https://app.example.com`",
          safe: true,
          edits: [
            {
              file: "api.cors",
              start: { offset: 22, line: 2, column: 9 },
              end: { offset: 45, line: 2, column: 32 },
              text: "https://app.example.com",
            },
          ],
        },
      },
    ],
    problems: [],
  });
});

test("a related place in another file", () => {
  const sources = {
    "policies/api.cors": 'import partners from "./shared.cors"\norigins @partners\ncredentials true\n',
    "policies/shared.cors": "set partners [\n  unsafe http://old.example.org\n]\n",
  };
  const { summary, diagnostics } = toJsonReport(compileSources(sources, ["policies/api.cors"]), TOOL_VERSION);
  expect(summary).toEqual({ files: 1, errors: 1, warnings: 0, omitted: 0, problems: 0 });
  expect(diagnostics).toMatchObject([
    {
      code: "unsafe-set",
      file: "policies/api.cors",
      start: { offset: 45, line: 2, column: 9 },
      end: { offset: 54, line: 2, column: 18 },
      related: [
        {
          message: "it is unsafe here",
          file: "policies/shared.cors",
          start: { offset: 17, line: 2, column: 3 },
          end: { offset: 23, line: 2, column: 9 },
        },
      ],
      fix: { title: "write `unsafe @partners`", safe: false },
    },
  ]);
});

test("a warning, and files that could not be read", () => {
  const sources = { "api.cors": "origins https://app.example.com\nexpose ETag, Content-Type\n" };
  const report = toJsonReport(compileSources(sources, ["gone.cors", "api.cors"]), TOOL_VERSION);
  expect(report).toEqual({
    version: 1,
    tool: TOOL,
    summary: { files: 1, errors: 0, warnings: 1, omitted: 0, problems: 1 },
    diagnostics: [
      {
        code: "expose-safelisted",
        severity: "warning",
        message: "scripts can read `Content-Type` in any case; remove it",
        url: `${DOCUMENTATION}expose-safelisted`,
        file: "api.cors",
        start: { offset: 45, line: 2, column: 14 },
        end: { offset: 57, line: 2, column: 26 },
        related: [],
        fix: {
          title: "remove `Content-Type`",
          safe: true,
          edits: [
            {
              file: "api.cors",
              start: { offset: 43, line: 2, column: 12 },
              end: { offset: 57, line: 2, column: 26 },
              text: "",
            },
          ],
        },
      },
    ],
    problems: [{ file: "gone.cors", message: "does not exist" }],
  });
});

test("what is not listed is counted", () => {
  const origins = Array.from({ length: 130 }, (_, index) => `  https://A${index}.example.com\n`).join("");
  const { summary, diagnostics } = toJsonReport(compileSources({ "a.cors": `origins [\n${origins}]\n` }), TOOL_VERSION);
  expect(diagnostics).toHaveLength(100);
  expect(summary).toEqual({ files: 1, errors: 130, warnings: 0, omitted: 30, problems: 0 });
});

describe("files with odd names", () => {
  test.each(ODD_NAMES)("%j", (name) => {
    const report = toJsonReport(compileSources({ [name]: "" }, [name, `${name}.gone`]), TOOL_VERSION);
    expect(report.diagnostics.map(({ code, file }) => [code, file])).toEqual([["missing-origins", name]]);
    expect(report.problems).toEqual([{ file: `${name}.gone`, message: "does not exist" }]);
    expect(validate(report)).toEqual([]);
  });
});

describe("the report of each fixture", () => {
  test.each(compileFixtures())("$name", ({ result }) => {
    const text = renderJson(result, TOOL_VERSION);
    const report: unknown = JSON.parse(text);
    expect(validate(report)).toEqual([]);
    // The schema's objects are open; parsing drops what they do not name.
    expect(reportSchema.parse(report)).toEqual(report);
    expect(report).toEqual(toJsonReport(result, TOOL_VERSION));
    expect(renderJson(result, TOOL_VERSION)).toBe(text);
    expect(toJsonReport(result, TOOL_VERSION).diagnostics).toHaveLength(result.diagnostics.length);
  });
});
