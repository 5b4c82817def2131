import { expect, describe as group, test } from "vitest";
import {
  describe,
  difference,
  exampleOf,
  intersection,
  isEmpty,
  type OriginSet,
  originSetOf,
  union,
} from "../../../src/origin/algebra/origin-set.js";
import { parseClaim } from "../patterns.js";

/** `https://*.example.com https://example.com` is a list, `*` everything, nothing nobody. */
function setOf(texts: string): OriginSet {
  return originSetOf(texts === "*" ? "*" : texts.split(" ").filter(Boolean).map(parseClaim));
}

/** `P, Q except R S` */
function inWords(set: OriginSet): string {
  return describe(set)
    .map(({ pattern, except }) => [pattern, ...(except.length > 0 ? ["except", ...except] : [])].join(" "))
    .join(", ");
}

type Row = readonly [one: string, other: string, expected: string];

const DIFFERENCES: Readonly<Record<string, readonly Row[]>> = {
  "nothing of what is listed before": [
    ["https://a.test", "https://a.test", ""],
    ["https://a.test https://b.test", "https://b.test https://a.test", ""],
    ["https://a.example.com", "https://*.example.com", ""],
    ["https://*.eu.example.com", "https://*.example.com", ""],
    ["http://localhost:3000", "http://localhost:*", ""],
    ["null", "null", ""],
    ["null https://a.test", "*", ""],
    ["*", "*", ""],
    ["", "https://a.test", ""],
    ["https://a.test", "http://*:* https://*:*", ""],
  ],
  "patterns where they are patterns, in their order": [
    ["https://b.test https://a.test", "https://c.test", "https://b.test, https://a.test"],
    ["https://*.example.com https://example.com", "https://*.example.com", "https://example.com"],
    ["https://*.example.com", "https://example.com", "https://*.example.com"],
    ["https://*.example.com", "http://*.example.com", "https://*.example.com"],
    ["https://a.test:*", "https://b.test:*", "https://a.test:*"],
    ["null https://a.test", "https://a.test", "null"],
  ],
  "what is wider, with what was allowed": [
    ["https://*.example.com", "https://app.example.com", "https://*.example.com except https://app.example.com"],
    [
      "https://*.example.com",
      "https://b.example.com https://a.example.com https://example.com",
      "https://*.example.com except https://b.example.com https://a.example.com",
    ],
    [
      "https://*.example.com",
      "https://*.eu.example.com https://preview-*.example.com",
      "https://*.example.com except https://*.eu.example.com https://preview-*.example.com",
    ],
    ["http://localhost:*", "http://localhost:3000", "http://localhost:* except http://localhost:3000"],
    ["https://a*.example.dev", "https://ab*.example.dev", "https://a*.example.dev except https://ab*.example.dev"],
    ["*", "https://a.test null", "* except https://a.test null"],
  ],
  "exceptions no wider than they have to be": [
    ["https://*.example.com", "https://app.example.com:*", "https://*.example.com except https://app.example.com"],
    ["https://*.example.com:*", "https://*.com", "https://*.example.com:* except https://*.example.com"],
    [
      "https://*.example.com",
      "https://*.eu.example.com https://a.eu.example.com:*",
      "https://*.example.com except https://*.eu.example.com",
    ],
    // They have three patterns in common; one is easier to read.
    ["https://a-*.example.dev", "https://*-b.example.dev", "https://a-*.example.dev except https://*-b.example.dev"],
  ],
  "exactly what is left where several patterns take all but it": [
    [
      "http://localhost:*",
      "http://localhost http://localhost:3000",
      "http://localhost:* except http://localhost http://localhost:3000",
    ],
    [
      "https://*.example.dev",
      "https://a.example.dev:* https://b.example.dev:8443",
      "https://*.example.dev except https://a.example.dev",
    ],
  ],
};

group("difference", () => {
  group.each(Object.entries(DIFFERENCES))("%s", (_what, rows) => {
    test.each(rows)("[%s] without [%s]: %s", (one, other, expected) => {
      const set = difference(setOf(one), setOf(other));
      expect(inWords(set)).toBe(expected);
      expect(isEmpty(set)).toBe(expected === "");
    });
  });

  test("of a set with exceptions gives back what it does not have", () => {
    const holed = difference(setOf("https://*.example.com"), setOf("https://app.example.com"));
    expect(inWords(difference(setOf("https://*.example.com"), holed))).toBe("https://app.example.com");
    expect(inWords(difference(setOf("https://*.com"), holed))).toBe(
      "https://*.com except https://*.example.com, https://app.example.com",
    );
    expect(inWords(difference(setOf("*"), difference(setOf("*"), setOf("null https://*.test"))))).toBe(
      "null, https://*.test",
    );
  });

  test("38 partial labels and 38 labels take a whole level", () => {
    const characters = [..."abcdefghijklmnopqrstuvwxyz0123456789-_"];
    const level = characters.flatMap((first) => [`https://${first}.b.test`, `https://${first}*.b.test`]);
    const rest = difference(setOf("https://*.b.test"), setOf(level.join(" ")));
    expect(exampleOf(rest)).toBe("https://a.a.b.test");
    const ends = characters.flatMap((last) => [`https://*${last}.b.test`, `https://x${last}.b.test`]);
    expect(isEmpty(difference(setOf("https://x*.b.test"), setOf(ends.join(" "))))).toBe(true);
    expect(exampleOf(difference(setOf("https://x*.b.test"), setOf(ends.slice(2).join(" "))))).toBe("https://xa.b.test");
  });
});

group("intersection", () => {
  test.each<Row>([
    ["https://*.example.com:*", "https://*.eu.example.com:8443", "https://*.eu.example.com:8443"],
    ["https://b.test https://a.test", "https://a.test https://b.test", "https://b.test, https://a.test"],
    ["https://*.example.com", "https://example.com", ""],
    ["*", "null https://a.test", "null, https://a.test"],
    ["https://*.example.com http://a.test", "http://*", "http://a.test"],
    ["http://*:*", "http://127.0.0.1:3000 https://[::1]", "http://127.0.0.1:3000"],
    ["https://*:8443", "https://*:*", "https://*:8443"],
    ["https://a*.test.dev", "https://*b.test.dev", "https://ab.test.dev, https://a*b.test.dev"],
    [
      "https://aba*.test.dev",
      "https://*aba.test.dev",
      "https://ababa.test.dev, https://abaaba.test.dev, https://aba*aba.test.dev",
    ],
  ])("[%s] and [%s]: %s", (one, other, expected) => {
    expect(inWords(intersection(setOf(one), setOf(other)))).toBe(expected);
  });

  test("leaves out what either leaves out", () => {
    const one = difference(setOf("https://*.example.com"), setOf("https://a.example.com https://a.eu.example.com"));
    const other = difference(setOf("https://*.example.com:*"), setOf("https://b.example.com"));
    expect(inWords(intersection(one, other))).toBe(
      "https://*.example.com except https://a.example.com https://a.eu.example.com https://b.example.com",
    );
    expect(inWords(intersection(one, setOf("https://*.eu.example.com")))).toBe(
      "https://*.eu.example.com except https://a.eu.example.com",
    );
  });
});

group("union", () => {
  test.each<Row>([
    ["https://a.test", "https://b.test", "https://a.test, https://b.test"],
    ["https://a.test", "https://a.test", "https://a.test"],
    ["https://a.example.com", "https://*.example.com", "https://*.example.com"],
    ["http://localhost:*", "http://localhost:3000", "http://localhost:*"],
    ["https://a.test null", "*", "*"],
    ["http://a.test https://a.test", "http://*", "https://a.test, http://*"],
  ])("[%s] and [%s]: %s", (one, other, expected) => {
    expect(inWords(union(setOf(one), setOf(other)))).toBe(expected);
  });

  test("takes back exceptions", () => {
    const [whole, app, eu] = ["https://*.example.com", "https://app.example.com", "https://eu.example.com"].map(setOf);
    if (!whole || !app || !eu) throw new Error("three were made");
    const holed = difference(whole, union(app, eu));
    expect(inWords(union(holed, app))).toBe(`https://*.example.com except https://eu.example.com`);
    expect(inWords(union(union(holed, app), eu))).toBe("https://*.example.com");
    expect(inWords(union(difference(whole, app), difference(whole, eu)))).toBe("https://*.example.com");
  });
});

group("an example", () => {
  test.each([
    ["", null],
    ["https://*.example.com", "https://a.example.com"],
    ["http://a.test https://app.test:8443 https://app.test https://ap.test", "https://ap.test"],
    ["capacitor://localhost http://localhost:3000", "http://localhost:3000"],
    ["https://a.test:8443 https://app.example.com", "https://app.example.com"],
    ["http://a.test http://[::1] https://[::1]:8443", "https://[::1]:8443"],
    ["null capacitor://localhost", "capacitor://localhost"],
    ["null", "null"],
    ["*", "https://example.com"],
    ["http://*", "http://example.com"],
  ])("of [%s]: %s", (texts, expected) => {
    expect(exampleOf(setOf(texts))).toBe(expected);
  });

  test.each([
    ["https://*.example.com", "https://a.example.com", "https://b.example.com"],
    ["https://app-*.example.dev", "https://app-a*.example.dev", "https://app-a.example.dev"],
    ["https://app-*.example.dev", "https://*a.example.dev", "https://app-b.example.dev"],
    ["http://localhost:*", "http://localhost", "http://localhost:3000"],
    ["http://localhost:*", "http://localhost http://localhost:3000", "http://localhost:8080"],
    ["https://*", "https://example.com", "https://a"],
    ["https://*", "https://*.com https://a", "https://b"],
    ["*", "https://*:*", "http://example.com"],
    ["*", "https://*:* http://*:*", "null"],
    ["*", "https://*:* http://*:* null", "https://example.com/"],
    ["https://*:*", "https://*", "https://example.com:3000"],
  ])("of [%s] without [%s]: %s", (one, other, expected) => {
    expect(exampleOf(difference(setOf(one), setOf(other)))).toBe(expected);
  });

  group("where a list names every port", () => {
    const ports = Array.from({ length: 65535 }, (_, index) => index + 1).filter((port) => port !== 443);
    const listOf = (host: string, named: readonly number[]) => named.map((port) => `https://${host}:${port}`).join(" ");

    test("but two: the one that browsers reach", () => {
      const list = listOf(
        "a.test",
        ports.filter((port) => port !== 1 && port !== 50000),
      );
      expect(exampleOf(difference(setOf("https://a.test:*"), setOf(`https://a.test ${list}`)))).toBe(
        "https://a.test:50000",
      );
    });

    test("for one host: another host", () => {
      const list = listOf("a.b.test", ports);
      expect(exampleOf(difference(setOf("https://*.b.test:*"), setOf(`https://*.b.test ${list}`)))).toBe(
        "https://b.b.test:3000",
      );
      expect(isEmpty(difference(setOf("https://a.b.test:*"), setOf(`https://*.b.test ${list}`)))).toBe(true);
    });
  });
});
