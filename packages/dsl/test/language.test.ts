import { type CompiledPolicy, createMatcher } from "@corslang/runtime";
import { describe, expect, test } from "vitest";
import { compile } from "../src/compile.js";

/** A policy of which nothing but the origins is written. */
const PLAIN: CompiledPolicy = {
  version: 1,
  name: "default",
  origins: ["https://a.example.com"],
  methods: [],
  headers: [],
  expose: [],
  credentials: false,
  maxAge: null,
};

const CASES: readonly { readonly what: string; readonly source: string; readonly policies: readonly object[] }[] = [
  {
    what: "settings at the top level are the policy default",
    source: "origins https://a.example.com\n",
    policies: [{}],
  },
  { what: "the last line needs no end", source: "origins https://a.example.com", policies: [{}] },
  {
    what: "lines may end in CRLF",
    source: "origins https://a.example.com\r\nmethods PUT\r\n",
    policies: [{ methods: ["PUT"] }],
  },
  { what: "a byte-order mark is accepted", source: "\uFEFForigins https://a.example.com\n", policies: [{}] },
  { what: "tabs are white space", source: "\torigins\thttps://a.example.com\t\n", policies: [{}] },
  {
    what: "all six settings",
    source:
      "origins https://a.example.com, https://*.example.com\nmethods PUT, PATCH\nheaders Content-Type, X-Request-Id\n" +
      "expose ETag, X-Total\ncredentials true\nmax-age 10m\n",
    policies: [
      {
        origins: ["https://a.example.com", "https://*.example.com"],
        methods: ["PUT", "PATCH"],
        headers: ["content-type", "x-request-id"],
        expose: ["ETag", "X-Total"],
        credentials: true,
        maxAge: 600,
      },
    ],
  },
  {
    what: "a list goes over several lines between brackets, with or without commas",
    source:
      "origins [\n\n  https://a.example.com\n  https://b.example.com,\n  https://c.example.com, https://d.example.com,\n]\n",
    policies: [{ origins: ["a", "b", "c", "d"].map((name) => `https://${name}.example.com`) }],
  },
  {
    what: "a list between brackets may stand on one line",
    source: "origins [ https://a.example.com ]\n",
    policies: [{}],
  },
  {
    what: "comments stand after white space, brackets, braces and commas",
    source: "# one\norigins [# two\n  https://a.example.com,# three\n  # four\n]\t# five\n#six\n",
    policies: [{}],
  },
  {
    what: "policies have names, and one may stand on one line",
    source: "policy api { origins https://a.example.com }\npolicy web\t{\n\n  methods PUT\n  origins none }\n",
    policies: [{ name: "api" }, { name: "web", methods: ["PUT"], origins: [] }],
  },
  {
    what: "the default policy comes first wherever it stands",
    source: "policy api { origins * }\norigins https://a.example.com\n",
    policies: [{}, { name: "api", origins: "*" }],
  },
  {
    what: "names may be words of strict mode, for an export may be called so",
    source: "policy public { origins * }\npolicy static { origins * }\n",
    policies: [
      { name: "public", origins: "*" },
      { name: "static", origins: "*" },
    ],
  },
  {
    what: "words of the language are names of headers like any others",
    source: "origins https://a.example.com\nheaders allow, policy, Origins\nexpose allow\n",
    policies: [{ headers: ["allow", "policy", "origins"], expose: ["allow"] }],
  },
  {
    what: "stars",
    source: "origins *\nmethods *\nheaders authorization, *\nexpose *\n",
    policies: [{ origins: "*", methods: "*", headers: "*", expose: "*" }],
  },
  {
    what: "none lists nothing",
    source: "origins none\nmethods none\nheaders none\nexpose none\nmax-age none\n",
    policies: [{ origins: [] }],
  },
  {
    what: "max-age 0 is sent, and turns caching off",
    source: "origins https://a.example.com\nmax-age 0\n",
    policies: [{ maxAge: 0 }],
  },
  { what: "max-age in seconds", source: "origins https://a.example.com\nmax-age 600s\n", policies: [{ maxAge: 600 }] },
  { what: "max-age in hours", source: "origins https://a.example.com\nmax-age 24h\n", policies: [{ maxAge: 86400 }] },
  { what: "max-age in days", source: "origins https://a.example.com\nmax-age 1d\n", policies: [{ maxAge: 86400 }] },
  {
    what: "credentials false allows what credentials would not",
    source:
      "origins unsafe null, http://a.example.com, https://*.github.io, https://a.example.com:*\ncredentials false\n",
    policies: [{ origins: ["null", "http://a.example.com", "https://*.github.io", "https://a.example.com:*"] }],
  },
  {
    what: "unsafe accepts dangers",
    source:
      "origins [\n unsafe http://a.example.com\n unsafe https://*.github.io\n unsafe https://a.example.com:*\n unsafe http://*.co.uk:*\n]\ncredentials true\n",
    policies: [
      {
        origins: ["http://a.example.com", "https://*.github.io", "https://a.example.com:*", "http://*.co.uk:*"],
        credentials: true,
      },
    ],
  },
  {
    what: "loopback hosts are no danger",
    source:
      "origins http://localhost:*, http://app.localhost, http://127.0.0.1:3000, http://[::1]:*, http://*.localhost:*\ncredentials true\n",
    policies: [
      {
        origins: [
          "http://localhost:*",
          "http://app.localhost",
          "http://127.0.0.1:3000",
          "http://[::1]:*",
          "http://*.localhost:*",
        ],
        credentials: true,
      },
    ],
  },
  {
    what: "names without a rule of the public suffix list are no suffixes",
    source: "origins https://*.internal, https://*.example.com, https://pr-*.example.com\ncredentials true\n",
    policies: [
      { origins: ["https://*.internal", "https://*.example.com", "https://pr-*.example.com"], credentials: true },
    ],
  },
  {
    what: "schemes of shells",
    source:
      "origins chrome-extension://abcdefghijklmnopabcdefghijklmnop, capacitor://localhost, tauri://localhost\ncredentials true\n",
    policies: [
      {
        origins: ["chrome-extension://abcdefghijklmnopabcdefghijklmnop", "capacitor://localhost", "tauri://localhost"],
        credentials: true,
      },
    ],
  },
  {
    what: "hosts with underscores, hyphens at the edges of labels, digits, punycode",
    source:
      "origins https://my_app.example.com, https://-a-.example.com, https://1.example.com, https://xn--bcher-kva.example\n",
    policies: [
      {
        origins: [
          "https://my_app.example.com",
          "https://-a-.example.com",
          "https://1.example.com",
          "https://xn--bcher-kva.example",
        ],
      },
    ],
  },
  {
    what: "a star in the middle and at the end of a label, with a port",
    source: "origins https://a-*-b.example.com, https://*-b.example.com:8443, https://a-*.example.com:*\n",
    policies: [{ origins: ["https://a-*-b.example.com", "https://*-b.example.com:8443", "https://a-*.example.com:*"] }],
  },
];

describe("compiles", () => {
  test.each(CASES)("$what", ({ source, policies }) => {
    const result = compile(source);
    expect(result.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(result.policies.map(({ compiled }) => compiled)).toEqual(
      policies.map((policy) => ({ ...PLAIN, ...policy })),
    );
  });

  test.each(CASES)("$what: the runtime takes it", ({ source }) => {
    for (const { compiled } of compile(source).policies) expect(createMatcher(compiled).policy).toEqual(compiled);
  });
});

describe("documentation", () => {
  const documentationOf = (source: string) => compile(source).policies.map(({ documentation }) => documentation);

  test("is the comment lines directly above a policy", () => {
    expect(documentationOf("# no\n\n#  Who may\n# call.\npolicy a { origins * }\n")).toEqual([[" Who may", "call."]]);
  });

  test("is none for the policy of the top level", () => {
    expect(documentationOf("# no\norigins *\n")).toEqual([[]]);
  });

  test("is neither a comment behind something nor one with an empty line below", () => {
    expect(
      documentationOf("policy a { origins * } # no\npolicy b { origins * }\n# no\n\npolicy c { origins * }\n"),
    ).toEqual([[], [], []]);
  });

  test("ends its lines without the carriage return", () => {
    expect(documentationOf("# one\r\n# two\r\npolicy a { origins * }\r\n")).toEqual([["one", "two"]]);
  });
});
