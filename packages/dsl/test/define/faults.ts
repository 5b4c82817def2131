import type { Code, UnsafeOrigin } from "../../src/index.js";

/** A definition with one fault. */
export interface Fault {
  readonly code: Code;
  readonly definition: unknown;
  readonly path: string;
  /** What a reader is told to write, or else what is wrong: a part of the sentence. */
  readonly says: string;
  /** What the fix writes; `null` where there is none. */
  readonly values: readonly (string | UnsafeOrigin)[] | null;
  /** The same mistake in a file; `null` where a file can't make it. */
  readonly file: string | null;
}

const GOOD = "https://a.example.com";

/** A fault of one origin, the second of two; in the file the policy is written out. */
function inOrigin(
  code: Code,
  origin: string,
  says: string,
  fixed: string | UnsafeOrigin | null,
  credentials = false,
): Fault {
  return {
    code,
    definition: { origins: [GOOD, origin], credentials },
    path: "origins[1]",
    says,
    values: fixed === null ? null : [fixed],
    file: `origins ${GOOD}, ${origin}\ncredentials ${credentials}\n`,
  };
}

/** A fault of one name, the second of two. */
function inName(
  code: Code,
  member: "methods" | "headers" | "expose",
  name: string,
  says: string,
  values: readonly string[] | null,
): Fault {
  const other = member === "methods" ? "PUT" : "X-Fine";
  return {
    code,
    definition: { origins: [GOOD], [member]: [other, name] },
    path: `${member}[1]`,
    says,
    values,
    file: `origins ${GOOD}\n${member} ${other}, ${name}\n`,
  };
}

function inMaxAge(code: Code, maxAge: string | number, says: string, fixed: string | null): Fault {
  return {
    code,
    definition: { origins: [GOOD], maxAge },
    path: "maxAge",
    says,
    values: fixed === null ? null : [fixed],
    file: `origins ${GOOD}\nmax-age ${maxAge}\n`,
  };
}

function inStar(
  member: "origins" | "methods" | "headers" | "expose",
  value: unknown,
  text: string,
  path: string,
): Fault {
  return {
    code: "wildcard-with-credentials",
    definition: { origins: [GOOD], credentials: true, [member]: value },
    path,
    says: "or write `credentials: false`",
    values: null,
    file: `${member === "origins" ? "" : `origins ${GOOD}\n`}${member} ${text}\ncredentials true\n`,
  };
}

/** One or more for each code that a definition can have. */
export const FAULTS: readonly Fault[] = [
  // Origins
  inOrigin("origin-syntax", '"https://b.example.com"', "write `https://b.example.com`", "https://b.example.com"),
  inOrigin("origin-missing-scheme", "b.example.com", "write `https://b.example.com`", "https://b.example.com"),
  inOrigin("origin-has-path", "https://b.example.com/", "write `https://b.example.com`", "https://b.example.com"),
  inOrigin("origin-has-userinfo", "https://me@b.example.com", "write `https://b.example.com`", "https://b.example.com"),
  inOrigin("origin-uppercase", "https://B.example.com", "write `https://b.example.com`", "https://b.example.com"),
  inOrigin(
    "origin-default-port",
    "https://b.example.com:443",
    "write `https://b.example.com`",
    "https://b.example.com",
  ),
  inOrigin("origin-port", "https://b.example.com:99999", "from 1 to 65535", null),
  inOrigin(
    "origin-not-ascii",
    "https://bücher.example",
    "`https://xn--bcher-kva.example`",
    "https://xn--bcher-kva.example",
  ),
  inOrigin("origin-ipv4", "https://127.1", "write `https://127.0.0.1`", "https://127.0.0.1"),
  inOrigin("origin-ipv6", "https://[::0001]", "write `https://[::1]`", "https://[::1]"),
  inOrigin("origin-host", "https://b..example.com", "no page has the origin", null),
  inOrigin("origin-scheme", "ws://b.example.com", "write `http://b.example.com`", "http://b.example.com"),
  inOrigin("origin-wildcard", "https://*b.example.com.*", "can't stand there", null),
  inOrigin("origin-null", "null", 'write `{ unsafe: "null" }`', { unsafe: "null" }),
  inOrigin("origin-null", "null", "or write `credentials: false`", null, true),
  inOrigin(
    "origin-insecure",
    "http://b.example.com",
    '`{ unsafe: "http://b.example.com" }`',
    "https://b.example.com",
    true,
  ),
  inOrigin("origin-public-suffix", "https://*.github.io", '`{ unsafe: "https://*.github.io" }`', null, true),
  inOrigin("origin-any-port", "https://b.example.com:*", '`{ unsafe: "https://b.example.com:*" }`', null, true),
  inOrigin("unknown-character", "https://b\u202E.example.com", "U+202E", "https://b.example.com"),
  inOrigin("star-with-others", "*", "write `*` alone", null),

  // Names
  inName("method-syntax", "methods", '"PATCH"', "write a name such as `PUT`", ["PATCH"]),
  inName("method-syntax", "methods", "PATCH;DELETE", "write a name such as `PUT`", null),
  inName("method-forbidden", "methods", "TRACE", "remove it", []),
  inName("method-case", "methods", "patch", "write `PATCH`", ["PATCH"]),
  inName("header-syntax", "headers", "X-Id:", "write a name such as `X-Request-Id`", ["X-Id"]),
  inName("header-forbidden", "headers", "Cookie", "did you mean `credentials: true`?", null),
  inName("header-forbidden", "headers", "Host", "remove it", []),
  inName("header-syntax", "expose", "X(Y)", "write a name such as `X-Request-Id`", null),
  inName("expose-forbidden", "expose", "Set-Cookie", "remove it", []),
  inName("invalid-value", "headers", "none", "write it alone, or leave it out", null),

  // Durations
  inMaxAge("max-age-syntax", "10min", '`600` or `"600s"`, or `"10m"`, `"2h"`, `"1d"`, or `"none"`', "10m"),
  inMaxAge("max-age-syntax", "10months", "`10months` is not a duration", null),
  inMaxAge("max-age-syntax", 1.5, "`1.5` is not a duration", null),
  inMaxAge("max-age-syntax", -1, "`-1` is not a duration", "0"),
  inMaxAge("max-age-syntax", -5, "`-5` is not a duration", null),
  inMaxAge("max-age-too-long", 86_401, 'write `"1d"` or less', "1d"),
  inMaxAge("max-age-too-long", "2d", 'write `"1d"` or less', "1d"),
  {
    code: "max-age-syntax",
    definition: { origins: [GOOD], maxAge: "10 minutes" },
    path: "maxAge",
    says: 'or `"10m"`, `"2h"`, `"1d"`, or `"none"`',
    values: null,
    file: null,
  },

  // `*`
  inStar("origins", "*", "*", "origins"),
  inStar("origins", ["*"], "*", "origins[0]"),
  inStar("origins", [{ unsafe: "*" }], "unsafe *", "origins[0]"),
  inStar("methods", "*", "*", "methods"),
  inStar("headers", "*", "*", "headers"),
  inStar("headers", ["Authorization", "*"], "Authorization, *", "headers[1]"),
  inStar("expose", "*", "*", "expose"),
  {
    code: "authorization-unclear",
    definition: { origins: "*", headers: "*" },
    path: "headers",
    says: 'write `["*", "Authorization"]`',
    values: ["*", "Authorization"],
    file: "origins *\nheaders *\n",
  },

  // What is not there, or not what it should be
  {
    code: "missing-origins",
    definition: {},
    path: "origins",
    says: 'add `origins` with a list, `"*"` or `"none"`',
    values: null,
    file: "",
  },
  {
    code: "missing-origins",
    definition: { origins: undefined },
    path: "origins",
    says: "add `origins`",
    values: null,
    file: "",
  },
  {
    code: "empty-list",
    definition: { origins: [] },
    path: "origins",
    says: 'or `"none"`',
    values: null,
    file: "origins []\n",
  },
  {
    code: "empty-list",
    definition: { origins: "*", methods: [] },
    path: "methods",
    says: 'or `"none"`',
    values: null,
    file: "origins *\nmethods []\n",
  },
  {
    code: "unknown-setting",
    definition: { origins: "*", "max-age": 1 },
    path: '["max-age"]',
    says: "did you mean `maxAge`?",
    values: null,
    file: "origins *\nmaxAge 1\n",
  },
  {
    code: "unknown-setting",
    definition: { origins: "*", allowedHeaders: [] },
    path: "allowedHeaders",
    says: "did you mean `headers`?",
    values: null,
    file: "origins *\nallowed-headers x\n",
  },
  {
    code: "unknown-setting",
    definition: { origin: GOOD },
    path: "origin",
    says: "did you mean `origins`?",
    values: null,
    file: `origin ${GOOD}\n`,
  },
  {
    code: "unknown-setting",
    definition: { origins: "*", names: "a" },
    path: "names",
    says: "did you mean `name`?",
    values: null,
    file: null,
  },
  {
    code: "unknown-setting",
    definition: { origins: "*", profiles: {} },
    path: "profiles",
    says: "it has name, origins, methods",
    values: null,
    file: "origins *\nprofiles x\n",
  },
  {
    code: "reserved-name",
    definition: { name: "class", origins: "*" },
    path: "name",
    says: "choose another",
    values: null,
    file: "policy class {\n  origins *\n}\n",
  },
  {
    code: "reserved-name",
    definition: { name: "unsafe", origins: "*" },
    path: "name",
    says: "choose another",
    values: null,
    file: "policy unsafe {\n  origins *\n}\n",
  },
  {
    code: "syntax",
    definition: { name: "my policy", origins: "*" },
    path: "name",
    says: "a name is letters, digits and single hyphens",
    values: null,
    file: null,
  },
  {
    code: "invalid-value",
    definition: { origins: "none", credentials: "true" },
    path: "credentials",
    says: "`credentials` is `true` or `false`",
    values: null,
    file: "origins none\ncredentials True\n",
  },
  {
    code: "invalid-value",
    definition: { origins: GOOD },
    path: "origins",
    says: `write \`["${GOOD}"]\``,
    values: null,
    file: null,
  },
  {
    code: "invalid-value",
    definition: { origins: "*", methods: "PUT" },
    path: "methods",
    says: 'write `["PUT"]`',
    values: null,
    file: null,
  },
  {
    code: "invalid-value",
    definition: { origins: "*", methods: "PUT, DELETE" },
    path: "methods",
    says: 'write `["PUT", "DELETE"]`',
    values: null,
    file: null,
  },
  {
    code: "invalid-value",
    definition: { origins: "https://a.example.com,\n https://b.example.com, " },
    path: "origins",
    says: 'write `["https://a.example.com", "https://b.example.com"]`',
    values: null,
    file: null,
  },
  {
    code: "syntax",
    definition: { origins: [GOOD, ""] },
    path: "origins[1]",
    says: '"" is empty; leave it out',
    values: null,
    file: null,
  },
  {
    code: "invalid-value",
    definition: { origins: [GOOD, 5] },
    path: "origins[1]",
    says: "an origin is a text, or `{ unsafe: … }`",
    values: null,
    file: null,
  },
  {
    code: "invalid-value",
    definition: { origins: [GOOD, { unsafe: 5 }] },
    path: "origins[1]",
    says: "an origin is a text, or `{ unsafe: … }`",
    values: null,
    file: null,
  },
  {
    code: "invalid-value",
    definition: { origins: [{ unsafe: "http://a.example", why: "" }] },
    path: "origins[0]",
    says: "and nothing else",
    values: null,
    file: null,
  },
  {
    code: "invalid-value",
    definition: { origins: "*", methods: [{ unsafe: "PUT" }] },
    path: "methods[0]",
    says: "a method is a text",
    values: null,
    file: null,
  },
  {
    code: "invalid-value",
    definition: { origins: "*", expose: [null] },
    path: "expose[0]",
    says: "the name of a header is a text",
    values: null,
    file: null,
  },
  {
    code: "invalid-value",
    definition: { origins: "*", maxAge: null },
    path: "maxAge",
    says: "a number of seconds, or a duration",
    values: null,
    file: null,
  },
  {
    code: "invalid-value",
    definition: { origins: "*", maxAge: Number.NaN },
    path: "maxAge",
    says: "a number of seconds, or a duration",
    values: null,
    file: null,
  },
  {
    code: "invalid-value",
    definition: { name: 5, origins: "*" },
    path: "name",
    says: "`name` is a text",
    values: null,
    file: null,
  },
  {
    code: "invalid-value",
    definition: null,
    path: "",
    says: "a policy is defined by an object",
    values: null,
    file: null,
  },
  {
    code: "invalid-value",
    definition: [GOOD],
    path: "",
    says: "a policy is defined by an object",
    values: null,
    file: null,
  },
];
