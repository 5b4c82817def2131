import { describe, expect, test } from "vitest";
import { createMatcher } from "../src/index.js";
import { actualRequest, anonymousPolicy } from "./policies.js";

function isAllowed(origins: readonly string[], origin: string): boolean {
  return createMatcher(anonymousPolicy({ origins })).decide(actualRequest(origin)).outcome === "actual-allowed";
}

const LABEL_63 = "l".repeat(63);
const LONGEST_ORIGIN = `s${"c".repeat(63)}://${`${LABEL_63}.`.repeat(3)}${"l".repeat(61)}:65535`;
const LABELS_239 = `${`${LABEL_63}.`.repeat(3)}${"l".repeat(47)}`;

/** What an origin pattern stands for, and what it only looks as if it stood for. */
const PATTERNS: readonly { pattern: string; matches: readonly string[]; differs: readonly string[] }[] = [
  {
    pattern: "https://app.example.com",
    matches: ["https://app.example.com"],
    differs: [
      ...["http://app.example.com", "https://app.example.com:8443", "https://app.example.com:443"],
      ...["https://app.example.com/", "https://app.example.com.", "https://app.example.com.evil.test"],
      ...["https://APP.example.com", "HTTPS://app.example.com", "https://appXexample.com", "https://example.com"],
      ...["https://x.app.example.com", "https://notapp.example.com", "app.example.com", "null", "*", ""],
    ],
  },
  {
    pattern: "https://app.example.com:8443",
    matches: ["https://app.example.com:8443"],
    differs: ["https://app.example.com", "https://app.example.com:844", "https://app.example.com:84433"],
  },
  {
    pattern: LONGEST_ORIGIN,
    matches: [LONGEST_ORIGIN],
    differs: [`${LONGEST_ORIGIN}1`, LONGEST_ORIGIN.slice(0, -1)],
  },
  {
    pattern: "https://*.example.com",
    matches: [
      ...["https://a.example.com", "https://a.b.c.example.com", "https://evil.test.example.com"],
      ...["https://1.example.com", "https://-.example.com", "https://a--b.example.com", "https://my_app.example.com"],
      ...[
        "https://xn--bcher-kva.example.com",
        `https://${LABEL_63}.example.com`,
        `https://${LABELS_239}aa.example.com`,
      ],
      ...["https://a9z0.example.com", "https://9.z.example.com"],
    ],
    differs: [
      ...["https://example.com", "https://.example.com", "https://a..example.com", "https://.a.example.com"],
      ...["https://notexample.com", "https://a.example.com.evil.test", "https://a.example.com:8443"],
      ...["http://a.example.com", "https://A.example.com", "https://*.example.com", "https://a.exampleXcom"],
      ...["https://evil.test/.example.com", "https://evil, .example.com", "https://evil.test?.example.com"],
      ...[
        "https://user@a.example.com",
        "https://a:80.example.com",
        "https://a%2e.example.com",
        "https://é.example.com",
      ],
      ...[`https://${LABEL_63}l.example.com`, `https://${LABELS_239}aaa.example.com`],
    ],
  },
  {
    pattern: "https://*.example.com:8443",
    matches: ["https://a.example.com:8443", "https://a.b.example.com:8443"],
    differs: [
      ...[
        "https://a.example.com",
        "https://a.example.com:8444",
        "https://a.example.com:18443",
        "https://example.com:8443",
      ],
      ...["https://evil.test:1.example.com:8443", "https://a.example.com:8443:8443"],
    ],
  },
  {
    pattern: "https://preview-*.example.dev",
    matches: [
      "https://preview-1.example.dev",
      "https://preview-a-b_c.example.dev",
      `https://preview-${"1".repeat(55)}.example.dev`,
    ],
    differs: [
      ...["https://preview-.example.dev", "https://preview.example.dev", "https://preview-a.b.example.dev"],
      ...["https://xpreview-1.example.dev", "https://preview-1.example.dev.evil.test", "https://preview-1.evil.dev"],
      ...["https://preview-.evil.example.dev", "https://preview-A.example.dev", "https://preview-1.example.dev:8443"],
      ...[`https://preview-${"1".repeat(56)}.example.dev`],
    ],
  },
  {
    pattern: "https://pr-*-web.example.dev",
    matches: [
      "https://pr-7-web.example.dev",
      "https://pr---web.example.dev",
      `https://pr-${"1".repeat(56)}-web.example.dev`,
    ],
    differs: [
      ...["https://pr-web.example.dev", "https://pr--web.example.dev", "https://pr-7-webs.example.dev"],
      ...[`https://pr-${"1".repeat(57)}-web.example.dev`, "https://pr-7.x-web.example.dev"],
    ],
  },
  {
    // As much before the star as behind it.
    pattern: "https://a-*-b.example.dev",
    matches: ["https://a-7-b.example.dev"],
    differs: ["https://a-7.7-b.example.dev", "https://a-b.example.dev", "https://a-7.b.example.dev"],
  },
  {
    pattern: "https://*-web.example.dev",
    matches: ["https://a-web.example.dev"],
    differs: ["https://-web.example.dev", "https://a.b-web.example.dev", "https://web.example.dev"],
  },
  {
    pattern: "http://localhost:*",
    matches: ["http://localhost", "http://localhost:1", "http://localhost:9090", "http://localhost:65535"],
    differs: [
      ...[
        "http://localhost:",
        "http://localhost:0",
        "http://localhost:80",
        "http://localhost:080",
        "http://localhost:03000",
        "http://localhost:65536",
      ],
      ...[
        "http://localhost:3000a",
        "http://localhost:1e3",
        "http://localhost:+80",
        "http://localhost: 81",
        "http://localhost:-1",
      ],
      ...[
        "http://localhost:3000/",
        "http://localhost:3000:3000",
        "http://localhost.:3000",
        "http://localhost.evil.test",
      ],
      ...["http://localhost:*", "https://localhost:3000", "http://localhostt:3000", "http://localhos:3000"],
      ...[`http://localhost:${"9".repeat(300)}`, "http://localhost:3000.evil.test", "http://localhost:3000@evil.test"],
    ],
  },
  {
    pattern: "https://*.example.com:*",
    matches: ["https://a.example.com", "https://a.b.example.com:8443", "https://a.example.com:80"],
    differs: [
      "https://example.com:8443",
      "https://a.example.com:443",
      "https://evil:1.example.com",
      "https://a.example.com:x",
    ],
  },
  {
    pattern: "http://127.0.0.1:*",
    matches: ["http://127.0.0.1", "http://127.0.0.1:8080"],
    differs: ["http://127.0.0.10", "http://127.0.0.1.evil.test:8080", "http://127.1:8080", "http://2130706433:8080"],
  },
  {
    pattern: "http://[::1]:*",
    matches: ["http://[::1]", "http://[::1]:8080"],
    differs: [
      "http://::1:8080",
      "http://[::1]:80",
      "http://[::2]:8080",
      "http://[::1]8080",
      "http://[0:0:0:0:0:0:0:1]:8080",
    ],
  },
  {
    pattern: "chrome-extension://abcdefghijklmnopabcdefghijklmnop",
    matches: ["chrome-extension://abcdefghijklmnopabcdefghijklmnop"],
    differs: ["chrome-extension://abcdefghijklmnopabcdefghijklmnoq", "https://abcdefghijklmnopabcdefghijklmnop"],
  },
  {
    pattern: "capacitor://localhost:*",
    matches: ["capacitor://localhost", "capacitor://localhost:80"],
    differs: ["capacitor://localhost:0", "http://localhost"],
  },
  {
    pattern: "null",
    matches: ["null"],
    differs: ["Null", "NULL", "null ", " null", '"null"', "null, null", "null.example.com", "undefined", ""],
  },
];

/** So many that they are looked up, and not tried one after another. */
const OTHERS = Array.from({ length: 20 }, (_, index) => [
  `https://other-${index}.test`,
  `https://*.other-${index}.test`,
]).flat();

describe.each(PATTERNS)("$pattern", ({ pattern, matches, differs }) => {
  test.each(matches)("matches %s", (origin) => {
    expect(isAllowed([pattern], origin)).toBe(true);
  });

  test.each(differs)("does not match %s", (origin) => {
    expect(isAllowed([pattern], origin)).toBe(false);
  });

  test("stands for the same among many others", () => {
    for (const list of [
      [pattern, ...OTHERS],
      [...OTHERS, pattern],
    ]) {
      for (const origin of matches) expect(isAllowed(list, origin), origin).toBe(true);
      for (const origin of differs) expect(isAllowed(list, origin), origin).toBe(false);
    }
  });
});

describe("a list of patterns", () => {
  test("matches what any of them matches, whatever their order", () => {
    const origins = ["https://*.example.com", "https://example.com", "http://localhost:*", "https://pr-*.example.dev"];

    for (const list of [origins, [...origins].reverse()]) {
      expect(isAllowed(list, "https://a.example.com")).toBe(true);
      expect(isAllowed(list, "https://example.com")).toBe(true);
      expect(isAllowed(list, "http://localhost:5173")).toBe(true);
      expect(isAllowed(list, "https://pr-1.example.dev")).toBe(true);
      expect(isAllowed(list, "https://evil.test")).toBe(false);
    }
  });

  test("finds each of those for whose endings it has the same number, and nothing by the number alone", () => {
    // Read from their ends by 31 times the number so far plus the next: a and n are 97 * 31 + 110, c and 0 are 99 * 31 + 48.
    const origins = ["https://*.na.example.com", "https://preview-*.na.example.com", "https://*.0c.example.com:8443"];

    expect(isAllowed(origins, "https://x.na.example.com")).toBe(true);
    expect(isAllowed(origins.slice(1), "https://preview-1.na.example.com")).toBe(true);
    expect(isAllowed(origins, "https://x.0c.example.com:8443")).toBe(true);
    expect(isAllowed(origins, "https://x.0c.example.com")).toBe(false);
    expect(isAllowed(["https://*.na.example.com"], "https://x.0c.example.com")).toBe(false);
    expect(isAllowed(["https://*.na.example.com", "https://*.0c.example.com"], "https://x.0c.example.com")).toBe(true);
    expect(isAllowed(["https://*.na.example.com", "https://*.0c.example.com"], "https://x.na.example.com")).toBe(true);
  });

  test("that is empty matches nothing", () => {
    expect(isAllowed([], "https://example.com")).toBe(false);
    expect(isAllowed([], "null")).toBe(false);
  });
});

describe("origins *", () => {
  test.each(["https://example.com", "null", "anything at all", "", "https://evil, https://other"])(
    "matches %j",
    (origin) => {
      const matcher = createMatcher(anonymousPolicy({ origins: "*" }));

      expect(matcher.decide(actualRequest(origin)).outcome).toBe("actual-allowed");
      expect(matcher.explain(actualRequest(origin))).toBeNull();
    },
  );
});
