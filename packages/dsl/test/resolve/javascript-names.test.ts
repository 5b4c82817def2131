import { describe, expect, test } from "vitest";
import { compile } from "../../src/compile.js";
import { emitModule } from "../../src/emit/module.js";
import { emitTypes } from "../../src/emit/types.js";

/* What policies may be called: each becomes an export of a JavaScript module, whose rules are asked of the engine itself. */

/** Whether the engine lets a strict module declare a variable of that name; in modules `await` is reserved, as here. */
function canBind(identifier: string): boolean {
  try {
    new Function(`"use strict"; async () => { const ${identifier} = 0; };`);
    return true;
  } catch {
    return false;
  }
}

/** ECMAScript, "Keywords and Reserved Words", without those that are words of the language; and `eval` and `arguments`. */
const RESERVED = `
  arguments await break case catch class const continue debugger delete do else enum eval export finally for function if
  in instanceof new null return super switch this throw try typeof var void while
`
  .trim()
  .split(/\s+/);

/** The same section: reserved in strict code alone. */
const STRICT_ONLY = ["implements", "interface", "let", "package", "private", "protected", "public", "static", "yield"];

describe("a policy can't have a name that JavaScript reserves", () => {
  test.each(RESERVED)("%s", (name) => {
    const { diagnostics, policies } = compile(`policy ${name} { origins * }\n`);
    expect(diagnostics.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      `reserved-name: \`${name}\` can't be a name, because JavaScript has no export that could be bound as \`${name}\`; choose another`,
    ]);
    expect(policies).toEqual([]);
    expect(canBind(name)).toBe(false);
  });

  test.each(["in-stance", "in2", "type-of", "async", "of", "get", "constructor", "undefined", "target", "toString"])(
    "%s is none of them",
    (name) => {
      const { diagnostics, policies } = compile(`policy ${name} { origins * }\n`);
      expect(diagnostics).toEqual([]);
      const module = emitModule(policies, "api.cors");
      const [, identifier = ""] = /^export const (\w+) = /m.exec(module) ?? [];
      expect(identifier.toLowerCase()).toBe(name.replace("-", "").toLowerCase());
      expect(canBind(identifier)).toBe(true);
    },
  );
});

describe("a policy with a name that is reserved in strict code is bound under another", () => {
  test.each(STRICT_ONLY)("%s", (name) => {
    const { diagnostics, policies } = compile(`policy ${name} { origins * }\n`);
    expect(diagnostics).toEqual([]);
    expect(emitModule(policies, "api.cors")).toMatch(
      new RegExp(`\\nconst \\$${name} = [^]*\\nexport \\{ \\$${name} as ${name} \\};\\n$`),
    );
    expect(emitTypes(policies, "api.cors")).toContain(`declare const $${name}: Matcher;`);
    expect(canBind(name)).toBe(false);
  });
});

test("a policy with the name of the type that declarations are written with is bound under another", () => {
  const { diagnostics, policies } = compile("policy Matcher { origins * }\n");
  expect(diagnostics).toEqual([]);
  expect(emitTypes(policies, "api.cors")).toContain("declare const $Matcher: Matcher;");
});

describe("hyphens become capitals", () => {
  test.each([
    ["first-party", "firstParty"],
    ["a-b-c", "aBC"],
    ["v-2-beta", "v2Beta"],
    ["X-Y", "XY"],
  ])("%s: %s", (name, identifier) => {
    expect(emitModule(compile(`policy ${name} { origins * }\n`).policies, "api.cors")).toContain(
      `\nexport const ${identifier} = `,
    );
  });
});

test("a set is in no module, and may have such a name", () => {
  expect(compile("set class [ https://a.example.com ]\norigins @class\n").diagnostics).toEqual([]);
});
