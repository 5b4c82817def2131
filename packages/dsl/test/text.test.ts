import { describe, expect, test } from "vitest";
import { compile } from "../src/compile.js";
import { createCollector, MOST_DIAGNOSTICS } from "../src/diagnostics/collector.js";
import { decode } from "../src/text/decode.js";
import { applyEdits } from "../src/text/edit.js";

describe("characters that are errors anywhere", () => {
  const FORBIDDEN = [
    ["U+0000", "\0"],
    ["U+0007", "\u0007"],
    ["U+000B", "\v"],
    ["U+000C", "\f"],
    ["U+000D", "\r"],
    ["U+001B", "\u001B"],
    ["U+007F", "\u007F"],
    ["U+0085", "\u0085"],
    ["U+200E", "\u200E"],
    ["U+2028", "\u2028"],
    ["U+2029", "\u2029"],
    ["U+202E", "\u202E"],
    ["U+2066", "\u2066"],
  ] as const;

  test.each(FORBIDDEN)("%s in a comment", (name, character) => {
    const source = `origins * # a${character}b\n`;
    const { diagnostics, policies } = compile(source);
    expect(policies).toEqual([]);
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({
      code: "unknown-character",
      span: { start: 13, end: 14 },
      message: `the invisible character ${name} must not be in a policy, not even in a comment; remove it`,
      fix: { title: "remove it" },
    });
    expect(compile(applyEdits(source, diagnostics[0]?.fix?.edits ?? [])).diagnostics).toEqual([]);
  });

  test.each(FORBIDDEN)("%s in an item, which is then not called wrong for other reasons", (_name, character) => {
    const { diagnostics } = compile(`origins https://a${character}.example.com\n`);
    expect(diagnostics.map(({ code }) => code)).toEqual(["unknown-character"]);
  });

  test("every one is reported", () => {
    expect(compile("origins * # \u202E \u2066\n#\0\n").diagnostics.map(({ span }) => span.start)).toEqual([12, 14, 17]);
  });
});

describe("decoding", () => {
  const decodeBytes = (bytes: readonly number[]) => {
    const collector = createCollector();
    const { text } = decode("x.cors", Uint8Array.from(bytes), collector.report);
    return { text, diagnostics: collector.collected().diagnostics };
  };

  test("UTF-8 with a byte-order mark is kept as it is", () => {
    expect(decodeBytes([0xef, 0xbb, 0xbf, 0x23, 0xc3, 0xa9])).toEqual({ text: "\uFEFF#é", diagnostics: [] });
  });

  test("a replacement character in the text is no error", () => {
    expect(decodeBytes([0x23, 0xef, 0xbf, 0xbd])).toEqual({ text: "#\uFFFD", diagnostics: [] });
  });

  test.each([
    { what: "a byte of Latin-1", bytes: [0x23, 0xe9, 0x0a], offset: 1, span: { start: 1, end: 2 } },
    { what: "a cut sequence", bytes: [0x23, 0xc3, 0xa9, 0xc3], offset: 3, span: { start: 2, end: 3 } },
    { what: "an overlong slash", bytes: [0xc0, 0xaf], offset: 0, span: { start: 0, end: 1 } },
    { what: "a surrogate", bytes: [0x23, 0xed, 0xa0, 0x80], offset: 1, span: { start: 1, end: 2 } },
  ])("$what is reported once, where it is", ({ bytes, offset, span }) => {
    const { diagnostics } = decodeBytes(bytes);
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({
      code: "invalid-utf8",
      span,
      message: `this file is not UTF-8 text (byte ${offset} is the first that does not fit); save it as UTF-8`,
    });
  });
});

describe("many errors", () => {
  test("a hundred are reported and the others counted", () => {
    const { diagnostics, omitted, policies } = compile(`origins [\n${"app.example.com\n".repeat(250)}]\n`);
    expect(diagnostics).toHaveLength(MOST_DIAGNOSTICS);
    expect(omitted).toBe(150);
    expect(policies).toEqual([]);
  });

  test("they come in the order of the text", () => {
    const starts = compile("max-age 9d\nmethods get\norigins a.example.com\n").diagnostics.map(
      ({ span }) => span.start,
    );
    expect(starts).toEqual([8, 19, 31]);
  });

  test("a long word is cut in the sentence", () => {
    const [diagnostic] = compile(`origins ${"a".repeat(5000)}\n`).diagnostics;
    expect(diagnostic?.message.length).toBeLessThan(400);
  });
});

describe("any text at all", () => {
  const TEXTS = [
    "[".repeat(100_000),
    "{".repeat(100_000),
    "policy a {".repeat(20_000),
    "policy a {\n".repeat(20_000),
    "}".repeat(100_000),
    "]".repeat(100_000),
    ",".repeat(100_000),
    "a {} ".repeat(50_000),
    "#".repeat(100_000),
    "origins [ ".repeat(50_000),
    "unsafe ".repeat(100_000),
    `origins ${"a,".repeat(100_000)}`,
    "\u0000".repeat(100_000),
    "://[".repeat(100_000),
    "]{}[".repeat(50_000),
    "\n".repeat(200_000),
    `origins ${'"'.repeat(100_000)}x`,
    `origins *\nmethods ${"'".repeat(100_000)}x`,
    `origins *\nmax-age ${"0".repeat(100_000)}x`,
    `${"a".repeat(100_000)} *`,
  ];

  test.each(TEXTS.map((text) => [text.slice(0, 12), text] as const))(
    "%j … comes back as diagnostics",
    (_start, text) => {
      const { diagnostics, policies } = compile(text);
      expect(policies).toEqual([]);
      expect(diagnostics.length).toBeGreaterThan(0);
      expect(diagnostics.length).toBeLessThanOrEqual(MOST_DIAGNOSTICS);
    },
  );
});

describe("large texts", () => {
  test("a list of a million items", () => {
    const items = Array.from({ length: 1_000_000 }, (_, index) => `x-${index}`);
    const { policies, diagnostics } = compile(`origins *\nheaders [\n${items.join("\n")}\n]\n`);
    expect(diagnostics).toEqual([]);
    expect(policies[0]?.compiled.headers).toHaveLength(1_000_000);
  });

  test.each([
    ["random bytes", (random: () => number) => String.fromCharCode(Math.floor(random() * 256))],
    [
      "random tokens",
      (random: () => number) =>
        ["policy ", "set ", "[", "]", "{", "}", ",", "\n", "#", "+=", "@a", "when ", "a", "https://a.b ", "unsafe "][
          Math.floor(random() * 15)
        ] ?? "",
    ],
  ])("sixteen megabytes of %s", (_what, next) => {
    // The same ones each time.
    let state = 7;
    const random = () => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
      return state / 2 ** 31;
    };
    const parts: string[] = [];
    for (let length = 0; length < 16_000_000; length += parts.at(-1)?.length ?? 0) parts.push(next(random));
    const { policies, diagnostics } = compile(parts.join(""));
    expect(policies).toEqual([]);
    expect(diagnostics).toHaveLength(MOST_DIAGNOSTICS);
  });
});
