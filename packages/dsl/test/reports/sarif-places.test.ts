import { describe, expect, test } from "vitest";
import { toSarifLog } from "../../src/diagnostics/sarif.js";
import { readRegion, resultsOf } from "./sarif-log.js";
import { compileSources, TOOL_VERSION } from "./sources.js";

describe("regions do not depend on a byte-order mark, and end where the file does", () => {
  const CASES = [
    [
      "a file of nothing",
      "",
      "",
      { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1, charOffset: 0, charLength: 0 },
    ],
    [
      "the first line",
      "origins https://A.example\n",
      "https://A.example",
      { startLine: 1, startColumn: 9, endLine: 1, endColumn: 26, charOffset: 8, charLength: 17 },
    ],
    [
      "a later line",
      "# who may call\r\norigins https://A.example\r\n",
      "https://A.example",
      { startLine: 2, startColumn: 9, endLine: 2, endColumn: 26, charOffset: 24, charLength: 17 },
    ],
  ] as const;

  test.each(CASES)("%s", (_what, text, expected, region) => {
    for (const mark of ["", "\uFEFF"]) {
      const [result] = resultsOf(toSarifLog(compileSources({ "a.cors": `${mark}${text}` }), TOOL_VERSION));
      const actual = result?.locations?.[0]?.physicalLocation?.region;
      expect(actual).toEqual(region);
      expect(readRegion(text, actual)).toEqual([expected, expected]);
    }
  });

  test("behind the last line end", () => {
    const file = { name: "a.cors", text: "abcd\r\nefg\r\nhijk\r\nlmn\r\n" };
    const [diagnostic] = compileSources({ "a.cors": "" }).diagnostics;
    if (!diagnostic) throw new Error("there is nothing to move");
    const span = { file, start: file.text.length, end: file.text.length };
    const findings = {
      files: [],
      unreadable: [],
      omitted: 0,
      omittedErrors: 0,
      diagnostics: [{ ...diagnostic, span }],
    };
    // The standard's own example (§3.30.2, example 8).
    expect(resultsOf(toSarifLog(findings, TOOL_VERSION))[0]?.locations?.[0]?.physicalLocation?.region).toEqual({
      startLine: 4,
      startColumn: 6,
      endLine: 4,
      endColumn: 6,
      charOffset: 22,
      charLength: 0,
    });
  });
});

describe("fingerprints", () => {
  const fingerprintsOf = (sources: Record<string, string>) =>
    resultsOf(toSarifLog(compileSources(sources), TOOL_VERSION)).map(
      ({ partialFingerprints }) => partialFingerprints?.["lineText/v1"],
    );
  const SOURCE = "origins https://A.example\nmethods put\n";

  test("stay when lines are added above, when a line is indented and when line ends change", () => {
    const before = fingerprintsOf({ "a.cors": SOURCE });
    expect(new Set(before).size).toBe(2);
    expect(fingerprintsOf({ "a.cors": `# a comment\n\n${SOURCE}` })).toEqual(before);
    expect(fingerprintsOf({ "a.cors": SOURCE.replace("methods", "  methods") })).toEqual(before);
    expect(fingerprintsOf({ "a.cors": SOURCE.replaceAll("\n", "\r\n") })).toEqual(before);
  });

  test("differ by code, file and text, and by number on lines that are the same", () => {
    const all = [
      ...fingerprintsOf({ "a.cors": SOURCE }),
      ...fingerprintsOf({ "b.cors": SOURCE }),
      ...fingerprintsOf({ "a.cors": SOURCE.replace("A.example", "B.example").replace("put", "delete") }),
    ];
    expect(new Set(all).size).toBe(6);
    const twice = fingerprintsOf({ "a.cors": "origins [\n  https://A.example\n  https://A.example\n]\n" });
    expect(twice).toHaveLength(2);
    expect(twice[1]).toBe(twice[0]?.replace(/:1$/, ":2"));
  });

  test("do not take long on a line of a megabyte", () => {
    const sources = { "a.cors": `origins ${"https://A.example, ".repeat(60_000)}https://A.example\n` };
    expect(fingerprintsOf(sources)).toHaveLength(100);
  });
});
