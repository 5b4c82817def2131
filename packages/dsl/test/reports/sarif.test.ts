import type { Log } from "sarif";
import { describe, expect, test } from "vitest";
import { MESSAGES, WARNINGS } from "../../src/diagnostics/messages.js";
import { renderSarif, toSarifLog } from "../../src/diagnostics/sarif.js";
import { applyEdits } from "../../src/text/edit.js";
import { readRegion, resultsOf } from "./sarif-log.js";
import { compileFixtures, compileSources, ODD_NAMES, TOOL_VERSION } from "./sources.js";
import { createSarifValidator } from "./validators.js";

const validate = createSarifValidator();

const RULES = toSarifLog(compileSources({}), TOOL_VERSION).runs[0]?.tool.driver.rules ?? [];

function ruleIndex(code: string): number {
  return RULES.findIndex(({ id }) => id === code);
}

test("the validator knows what is wrong", () => {
  const valid = toSarifLog(compileSources({ "a.cors": "" }), TOOL_VERSION);
  const text = JSON.stringify(valid);
  expect(validate(valid)).toEqual([]);
  expect(validate({ ...valid, version: "2.1" })).not.toEqual([]);
  expect(validate({ ...valid, extra: true })).not.toEqual([]);
  expect(validate(JSON.parse(text.replace('"uri":"a.cors"', '"uri":"a b.cors"')))).not.toEqual([]);
  expect(validate(JSON.parse(text.replace('"startLine":1', '"startLine":0')))).not.toEqual([]);
});

test("every code is a rule", () => {
  expect(RULES.map(({ id }) => id)).toEqual(Object.keys(MESSAGES));
  expect(
    RULES.filter(({ defaultConfiguration }) => defaultConfiguration?.level === "warning").map(({ id }) => id),
  ).toEqual(Object.keys(MESSAGES).filter((code) => WARNINGS.some((warning) => warning === code)));
  expect(RULES[ruleIndex("origin-null")]).toEqual({
    id: "origin-null",
    shortDescription: { text: "The origin `null`, which any site can have." },
    fullDescription: { text: "The origin `null`, which any site can have. A policy with it is not compiled." },
    help: {
      text: "https://github.com/corslang/corslang/blob/main/docs/diagnostics.md#origin-null says why, and what to write instead.",
      markdown:
        "[The documentation](https://github.com/corslang/corslang/blob/main/docs/diagnostics.md#origin-null) says why, and what to write instead.",
    },
    helpUri: "https://github.com/corslang/corslang/blob/main/docs/diagnostics.md#origin-null",
    defaultConfiguration: { level: "error" },
  });
});

test("an error with a related place in another file and a fix", () => {
  const sources = {
    "api.cors": 'import partners from "./shared.cors"\norigins @partners\ncredentials true\n',
    "shared.cors": "set partners [\n  unsafe http://old.example.org\n]\n",
  };
  const log = toSarifLog(compileSources(sources, ["api.cors"]), TOOL_VERSION, (name) => `my services/${name}`);
  expect(validate(log)).toEqual([]);
  expect(log).toEqual({
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "corslang",
            version: TOOL_VERSION,
            informationUri: "https://github.com/corslang/corslang",
            rules: RULES,
          },
        },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { "%SRCROOT%": { description: { text: "The root of the repository." } } },
        invocations: [{ executionSuccessful: true }],
        results: [
          {
            ruleId: "unsafe-set",
            ruleIndex: ruleIndex("unsafe-set"),
            level: "error",
            message: {
              text: "the set `partners` from another file has unsafe items, which a reader of this policy can't see; write `unsafe @partners` where that is meant",
            },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: "my%20services/api.cors", uriBaseId: "%SRCROOT%" },
                  region: { startLine: 2, startColumn: 9, endLine: 2, endColumn: 18, charOffset: 45, charLength: 9 },
                },
              },
            ],
            relatedLocations: [
              {
                id: 0,
                physicalLocation: {
                  artifactLocation: { uri: "my%20services/shared.cors", uriBaseId: "%SRCROOT%" },
                  region: { startLine: 2, startColumn: 3, endLine: 2, endColumn: 9, charOffset: 17, charLength: 6 },
                },
                message: { text: "it is unsafe here" },
              },
            ],
            partialFingerprints: { "lineText/v1": expect.stringMatching(/^[0-9a-f]{16}:1$/) },
            fixes: [
              {
                description: { text: "write `unsafe @partners`" },
                artifactChanges: [
                  {
                    artifactLocation: { uri: "my%20services/api.cors", uriBaseId: "%SRCROOT%" },
                    replacements: [
                      {
                        deletedRegion: {
                          startLine: 2,
                          startColumn: 9,
                          endLine: 2,
                          endColumn: 9,
                          charOffset: 45,
                          charLength: 0,
                        },
                        insertedContent: { text: "unsafe " },
                      },
                    ],
                  },
                ],
                properties: { safe: false },
              },
            ],
          },
        ],
      },
    ],
  });
});

test("a warning whose fix only removes", () => {
  const [result] = resultsOf(
    toSarifLog(compileSources({ "a.cors": "origins https://a.example\nexpose ETag, Expires\n" }), TOOL_VERSION),
  );
  expect(result).toMatchObject({
    ruleId: "expose-safelisted",
    level: "warning",
    fixes: [
      {
        description: { text: "remove `Expires`" },
        artifactChanges: [{ replacements: [{ deletedRegion: { charOffset: 37, charLength: 9 } }] }],
        properties: { safe: true },
      },
    ],
  });
  expect(result?.fixes?.[0]?.artifactChanges[0]?.replacements[0]).not.toHaveProperty("insertedContent");
});

test("files that could not be read make the run a failed one", () => {
  const log = toSarifLog(compileSources({}, ["policies/gone (1).cors"]), TOOL_VERSION);
  expect(validate(log)).toEqual([]);
  expect(log.runs[0]?.results).toEqual([]);
  expect(log.runs[0]?.invocations).toEqual([
    {
      executionSuccessful: false,
      toolExecutionNotifications: [
        {
          level: "error",
          message: { text: "policies/gone (1).cors: does not exist" },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: "policies/gone%20(1).cors", uriBaseId: "%SRCROOT%" },
              },
            },
          ],
        },
      ],
    },
  ]);
});

test("what is not listed is a notification", () => {
  const origins = Array.from({ length: 130 }, (_, index) => `  https://A${index}.example.com\n`).join("");
  const log = toSarifLog(compileSources({ "a.cors": `origins [\n${origins}]\n` }), TOOL_VERSION);
  expect(validate(log)).toEqual([]);
  expect(resultsOf(log)).toHaveLength(100);
  expect(log.runs[0]?.invocations).toEqual([
    {
      executionSuccessful: true,
      toolExecutionNotifications: [{ level: "warning", message: { text: "30 more are not listed" } }],
    },
  ]);
});

describe("files with odd names", () => {
  test.each(ODD_NAMES)("%j", (name) => {
    const log = toSarifLog(compileSources({ [name]: "" }, [name, `${name}.gone`]), TOOL_VERSION);
    expect(validate(log)).toEqual([]);
    const { uri = "" } = resultsOf(log)[0]?.locations?.[0]?.physicalLocation?.artifactLocation ?? {};
    expect(uri).toMatch(/^[A-Za-z0-9%._~!'()*/-]+$/);
    expect(decodeURIComponent(uri)).toBe(name);
    // A relative reference, of which no part is taken for anything but a path.
    const { pathname, origin } = new URL(uri, "https://repository.example/");
    expect([pathname, origin]).toEqual([`/${uri}`, "https://repository.example"]);
  });
});

test("names don't become links of a viewer", () => {
  const { runs } = toSarifLog(compileSources({}, ["[click](https://evil.example).cors"]), TOOL_VERSION);
  expect(runs[0]?.invocations?.[0]?.toolExecutionNotifications?.[0]?.message.text).toBe(
    "[click\\](https://evil.example).cors: does not exist",
  );
});

describe("the report of each fixture", () => {
  test.each(compileFixtures())("$name", ({ result: { diagnostics }, result }) => {
    const text = renderSarif(result, TOOL_VERSION);
    expect(renderSarif(result, TOOL_VERSION)).toBe(text);
    // The cast holds as far as the validation goes.
    const log = JSON.parse(text) as Log;
    expect(validate(log)).toEqual([]);
    const results = resultsOf(log);
    expect(results).toHaveLength(diagnostics.length);
    for (const [index, { code, severity, span, related, fix }] of diagnostics.entries()) {
      const shown = results[index];
      expect(shown).toMatchObject({ ruleId: code, ruleIndex: ruleIndex(code), level: severity });
      const places = [...(shown?.locations ?? []), ...(shown?.relatedLocations ?? [])];
      for (const [place, { file, start, end }] of [span, ...related.map((other) => other.span)].entries()) {
        const { artifactLocation, region } = places[place]?.physicalLocation ?? {};
        expect(artifactLocation?.uri).toBe(file.name);
        const expected = file.text.slice(start, end);
        expect(readRegion(file.text, region)).toEqual([expected, expected]);
      }
      const edits = fix?.edits ?? [];
      const changes = shown?.fixes?.[0]?.artifactChanges ?? [];
      for (const { artifactLocation, replacements } of changes) {
        const own = edits.filter((edit) => edit.span.file.name === artifactLocation.uri);
        const file = own[0]?.span.file ?? span.file;
        const mended = replacements.toReversed().reduce((source, { deletedRegion, insertedContent }) => {
          const { charOffset = 0, charLength = 0 } = deletedRegion;
          return `${source.slice(0, charOffset)}${insertedContent?.text ?? ""}${source.slice(charOffset + charLength)}`;
        }, file.text);
        expect(mended).toBe(applyEdits(file.text, own));
      }
      expect(changes.flatMap(({ replacements }) => replacements)).toHaveLength(edits.length);
    }
  });
});
