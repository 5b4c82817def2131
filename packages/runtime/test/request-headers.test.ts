import { describe, expect, test } from "vitest";
import { createMatcher, type Denial } from "../src/index.js";
import { anonymousPolicy, preflight } from "./policies.js";

const ORIGIN = "https://app.example.com";

/** What becomes of a preflight that asks for these headers: `"passed"`, or why not. */
function ask(allowed: "*" | readonly string[], requested: string | null): "passed" | Denial | null {
  const matcher = createMatcher(anonymousPolicy({ origins: [ORIGIN], headers: allowed }));
  const request = preflight(ORIGIN, "POST", requested);
  return matcher.decide(request).outcome === "preflight-passed" ? "passed" : matcher.explain(request);
}

const MALFORMED: Denial = { reason: "headers-malformed" };

function notAllowed(name: string): Denial {
  return { reason: "header-not-allowed", name };
}

describe("requested headers are compared with the policy's list", () => {
  const allowed = ["content-type", "x-request-id"];

  test.each([
    ["no header at all", null],
    ["an empty value", ""],
    ["one of them", "content-type"],
    ["all of them", "content-type,x-request-id"],
    ["in another order", "x-request-id,content-type"],
    ["in any case", "X-REQUEST-ID,Content-Type"],
    ["with blanks and tabs", " content-type ,\tx-request-id\t"],
    ["repeated", "content-type,content-type,Content-Type"],
    ["with empty elements", ",content-type,,x-request-id,"],
    ["nothing but empty elements", ",, ,"],
  ])("pass: %s", (_title, requested) => {
    expect(ask(allowed, requested)).toBe("passed");
  });

  test.each([
    ["a stranger", "x-evil", "x-evil"],
    ["a stranger in upper case, told in lower case", "X-Evil", "x-evil"],
    ["a stranger in upper case, as long as a name", "CONTENT-TYPO", "content-typo"],
    ["a stranger among them", "content-type,x-evil,x-request-id", "x-evil"],
    ["the first of two strangers", "content-type,x-one,x-two", "x-one"],
    ["the beginning of a name", "content-typ", "content-typ"],
    ["a longer name", "content-types", "content-types"],
    ["a much longer name", "x".repeat(128), "x".repeat(128)],
    ["* is a name here", "*", "*"],
  ])("fail: %s", (_title, requested, name) => {
    expect(ask(allowed, requested)).toEqual(notAllowed(name));
  });

  test.each([
    ["two words", "content-type x-request-id"],
    ["a name and a word", "content-type x"],
    ["a tab within a name", "content\ttype"],
    ["a semicolon", "content-type;x-request-id"],
    ["a colon", "content-type:"],
    ["quotes", '"content-type"'],
    ["a line end", "content-type\n"],
    ["a delete character", "content\u007ftype"],
    ["a null character", "content-type\u0000"],
    ["a no-break space around a name", "\u00a0content-type"],
    ["a no-break space around a stranger", "x-evil\u00a0"],
    ["a letter that lower case makes ASCII", "x-request-\u212ad"],
    ["a letter beyond ASCII", "cont\u00e9nt-type"],
    ["a name of 129 characters", "x".repeat(129)],
    ["a malformed element after a stranger", "x-evil,a b"],
    ["a malformed element before a stranger", "a b,x-evil"],
  ])("are malformed: %s", (_title, requested) => {
    expect(ask(allowed, requested)).toEqual(MALFORMED);
  });

  test("fold no letter but A to Z: the Kelvin sign is not k", () => {
    expect(ask(["k"], "K")).toBe("passed");
    expect(ask(["k"], "\u212a")).toEqual(MALFORMED);
    expect(ask(["i"], "\u0130")).toEqual(MALFORMED);
    expect(ask(["authorization"], "AUTHORIZATION")).toBe("passed");
    expect(ask(["`"], "`")).toBe("passed");
    expect(ask(["`"], "@")).toEqual(MALFORMED);
    expect(ask(["|"], "|")).toBe("passed");
    expect(ask(["|"], "\\")).toEqual(MALFORMED);
    expect(ask(["~"], "~")).toBe("passed");
    expect(ask(["~"], "^")).toEqual(notAllowed("^"));
  });
});

describe("a policy without headers", () => {
  test("passes a preflight that asks for none, and names the header that it refuses", () => {
    expect(ask([], null)).toBe("passed");
    expect(ask([], "")).toBe("passed");
    expect(ask([], "content-type")).toEqual(notAllowed("content-type"));
  });

  test("has bounds as any other", () => {
    expect(ask([], ",".repeat(15))).toBe("passed");
    expect(ask([], ",".repeat(16))).toEqual(MALFORMED);
    expect(ask([], " ".repeat(16))).toBe("passed");
    expect(ask([], " ".repeat(17))).toEqual(MALFORMED);
  });
});

describe.each([
  { names: ["a"] },
  { names: ["content-type", "x-request-id"] },
  { names: Array.from({ length: 50 }, (_, index) => `x-${index}`) },
])("the bounds of a policy with $names.length headers", ({ names }) => {
  const [first = ""] = names;
  const most = 2 * names.length + 16;

  function times(count: number, element: string): string[] {
    return Array.from({ length: count }, () => element);
  }

  test("at most twice the headers and 16 elements", () => {
    expect(ask(names, times(most, first).join(","))).toBe("passed");
    expect(ask(names, times(most + 1, first).join(","))).toEqual(MALFORMED);
  });

  test("empty elements count among them", () => {
    const full = [...times(most - 16, first), ...times(16, "")];

    expect(ask(names, full.join(","))).toBe("passed");
    expect(ask(names, [...full, first].join(","))).toEqual(MALFORMED);
  });

  test("at most 16 of them empty, wherever they are", () => {
    expect(ask(names, [...times(16, ""), first].join(","))).toBe("passed");
    expect(ask(names, [...times(17, ""), first].join(","))).toEqual(MALFORMED);
    expect(ask(names, [first, ...times(16, " ")].join(","))).toBe("passed");
    expect(ask(names, [first, ...times(17, " ")].join(","))).toEqual(MALFORMED);
  });

  test("as many white-space characters as elements, wherever they are", () => {
    const half = " ".repeat(most / 2);

    expect(ask(names, half + first + half)).toBe("passed");
    expect(ask(names, `${half}${first}${half}\t`)).toEqual(MALFORMED);
    expect(ask(names, `${first},${" ".repeat(most)}`)).toBe("passed");
    expect(ask(names, `${first},${" ".repeat(most + 1)}`)).toEqual(MALFORMED);
  });

  test("everything at its bound at once passes", () => {
    const longest = names.reduce((long, name) => (name.length > long.length ? name : long));

    expect(ask(names, times(most, ` ${longest}`).join(","))).toBe("passed");
  });

  test("a bound that is passed is malformed, whatever stands before it", () => {
    expect(ask(names, `x-evil,${times(most, first).join(",")}`)).toEqual(MALFORMED);
    expect(ask(names, `x-evil,${times(17, "").join(",")}`)).toEqual(MALFORMED);
    expect(ask(names, `x-evil${" ".repeat(most + 1)}`)).toEqual(MALFORMED);
    expect(ask(names, `x-evil,${times(most - 1, first).join(",")}`)).toEqual(notAllowed("x-evil"));
  });
});

describe("a policy's own long name", () => {
  const long = "x".repeat(200);

  test("is compared as any other, and is never malformed", () => {
    expect(ask([long], long.toUpperCase())).toBe("passed");
    expect(ask([long], `${long},x-evil`)).toEqual(notAllowed("x-evil"));
    expect(ask([long], `${long}x`)).toEqual(MALFORMED);
  });
});

describe("headers *", () => {
  test.each(["content-type", "authorization", "a b", ",".repeat(5000), "\u212a", "x".repeat(5000)])(
    "passes whatever is asked for, unread (%#)",
    (requested) => {
      expect(ask("*", requested)).toBe("passed");
    },
  );
});
