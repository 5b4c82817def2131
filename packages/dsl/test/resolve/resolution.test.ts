import type { CompiledPolicy } from "@corslang/runtime";
import { describe, expect, test } from "vitest";
import { compile, compileFiles } from "../../src/compile.js";
import { createMemoryHost } from "../../src/program/host.js";

/* What policies come to (docs/language.md, "Resolution"). */

/** The last policy of a text with nothing wrong in it, for a profile or for none. */
function compileLast(source: string, profile: string | null = null): CompiledPolicy | undefined {
  const { policies, diagnostics } = compile(source, profile === null ? {} : { profile });
  expect(diagnostics).toEqual([]);
  return policies.at(-1)?.compiled;
}

/** The methods of a policy that adds DELETE to those of a base. */
function addToBase(settingsOfBase: string): readonly string[] | "*" | undefined {
  const base = `policy base {\n  origins *\n  ${settingsOfBase}\n}\n`;
  return compileLast(`${base}policy api extends base {\n  methods += DELETE\n}\n`)?.methods;
}

describe("`+=` adds to the list as it stands", () => {
  test("behind what is there", () => {
    expect(addToBase("methods LOCK, UNLOCK")).toEqual(["LOCK", "UNLOCK", "DELETE"]);
  });

  test("to an empty one where it is left out", () => {
    expect(addToBase("max-age 1h")).toEqual(["DELETE"]);
    expect(compileLast("origins *\nmethods += DELETE\n")?.methods).toEqual(["DELETE"]);
  });

  test("to an empty one where it is `none`", () => {
    expect(addToBase("methods none")).toEqual(["DELETE"]);
  });
});

test("a plain setting replaces what is inherited", () => {
  const source =
    "policy base {\n  origins *\n  methods LOCK\n  max-age 1h\n}\npolicy api extends base {\n  methods DELETE\n}\n";
  expect(compileLast(source)).toMatchObject({ origins: "*", methods: ["DELETE"], maxAge: 3600 });
});

describe("a `when` block is for its profiles alone", () => {
  const SOURCE = `origins none
max-age 1h
when development, staging {
  max-age 2h
}
when staging {
  origins https://staging.example.com
  methods += DELETE
}
`;

  test.each([
    [null, { origins: [], methods: [], maxAge: 3600 }],
    ["development", { origins: [], methods: [], maxAge: 7200 }],
    ["staging", { origins: ["https://staging.example.com"], methods: ["DELETE"], maxAge: 7200 }],
    // No file names it: it changes nothing.
    ["production", { origins: [], methods: [], maxAge: 3600 }],
  ])("%s", (profile, expected) => {
    expect(compileLast(SOURCE, profile)).toMatchObject(expected);
  });

  test("of a base as well, which comes first", () => {
    const source = `policy base {
  origins none
  when staging {
    methods LOCK
    max-age 2h
  }
}
policy api extends base {
  max-age 1h
  when staging { methods += DELETE }
}
`;
    expect(compileLast(source, "staging")).toMatchObject({ methods: ["LOCK", "DELETE"], maxAge: 3600 });
    expect(compileLast(source)).toMatchObject({ methods: [], maxAge: 3600 });
  });
});

describe("sets", () => {
  test("of origins, methods and headers stand for their items, at their place", () => {
    const source = `set pages [
  https://a.example.com
  @others
]
set others [ https://b.example.com ]
set verbs [ DELETE, LOCK ]
set names [ X-One ]
origins @pages, https://c.example.com
methods UNLOCK, @verbs
headers @names, Content-Type
`;
    expect(compileLast(source)).toMatchObject({
      origins: ["https://a.example.com", "https://b.example.com", "https://c.example.com"],
      methods: ["UNLOCK", "DELETE", "LOCK"],
      headers: ["x-one", "content-type"],
    });
  });

  test("may have `null` among their origins", () => {
    expect(compileLast("set frames [ unsafe null ]\norigins @frames\n")?.origins).toEqual(["null"]);
  });

  test("need not share the identifier of a policy", () => {
    expect(compileLast("set a-b [ https://a.example.com ]\npolicy aB { origins @a-b }\n")?.name).toBe("aB");
  });
});

test("an imported policy can be extended, and the import is in use", () => {
  const { files, diagnostics } = compileFiles(
    ["api.cors"],
    createMemoryHost({
      "api.cors": 'import base as shared from "./shared.cors"\npolicy api extends shared {\n  methods DELETE\n}\n',
      "shared.cors": "policy base {\n  origins *\n  max-age 1h\n}\n",
    }),
  );
  expect(diagnostics).toEqual([]);
  expect(files[0]?.policies?.map(({ compiled }) => compiled)).toMatchObject([
    { name: "api", origins: "*", methods: ["DELETE"], maxAge: 3600 },
  ]);
});
