import { describe, expect, test } from "vitest";
import { compile } from "../../src/compile.js";
import { mend } from "../mend.js";

function withCredentials(value: string): string {
  return `origins https://a.example.com\ncredentials ${value}\n`;
}

function isSafe(source: string): boolean | undefined {
  return compile(source).diagnostics[0]?.fix?.safe;
}

describe("a value that is neither `true` nor `false`", () => {
  test.each([
    ["True", "true"],
    ["TRUE", "true"],
    ["False", "false"],
  ])("%s is %s in another case, which nobody has to think about", (value, meant) => {
    expect(mend(withCredentials(value), "invalid-value")).toBe(withCredentials(meant));
    expect(isSafe(withCredentials(value))).toBe(true);
  });

  test.each([
    ["yes", "true"],
    ["on", "true"],
    ["1", "true"],
    ["Yes", "true"],
    ["no", "false"],
    ["off", "false"],
    ["0", "false"],
    ["OFF", "false"],
  ])("%s is probably %s, and a person decides", (value, meant) => {
    expect(mend(withCredentials(value), "invalid-value")).toBe(withCredentials(meant));
    expect(isSafe(withCredentials(value))).toBe(false);
  });

  test.each(["maybe", "2", "null", "*", "none", "unsafe true", "unsafe yes", "true, false", "yes, no", ""])(
    "%j has no fix",
    (value) => {
      expect(mend(withCredentials(value), "invalid-value")).toBeNull();
    },
  );
});

describe("what comes of credentials is told as well", () => {
  test.each([
    ["true", ["wildcard-with-credentials"]],
    ["True", ["invalid-value", "wildcard-with-credentials"]],
    ["unsafe true", ["invalid-value", "wildcard-with-credentials"]],
    ["false", []],
    ["False", ["invalid-value"]],
    ["yes", ["invalid-value"]],
    ["", ["invalid-value"]],
  ])("%j", (value, codes) => {
    const { diagnostics } = compile(`origins *\ncredentials ${value}\n`);
    expect(diagnostics.map(({ code }) => code).toSorted()).toEqual(codes);
  });
});
