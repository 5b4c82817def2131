import { describe, expect, test } from "vitest";
import { check } from "../../src/compile.js";
import { mend } from "../mend.js";

describe("the fix adds Content-Type", () => {
  test.each([
    [
      "above `methods`, where there are no headers",
      "origins *\nmethods PUT\n",
      "origins *\nheaders Content-Type\nmethods PUT\n",
    ],
    [
      "indented as `methods` is",
      "policy api {\n  origins *\n  \tmethods PATCH\n}\n",
      "policy api {\n  origins *\n  \theaders Content-Type\n  \tmethods PATCH\n}\n",
    ],
    ["at the start of the file", "methods PUT\norigins *\n", "headers Content-Type\nmethods PUT\norigins *\n"],
    [
      "above `methods +=` of the policy itself",
      "policy base {\n  origins *\n}\npolicy api extends base {\n  methods += PUT\n}\n",
      "policy base {\n  origins *\n}\npolicy api extends base {\n  headers Content-Type\n  methods += PUT\n}\n",
    ],
    ["in place of `none`", "origins *\nmethods PUT\nheaders none\n", "origins *\nmethods PUT\nheaders Content-Type\n"],
    [
      "behind the last header",
      "origins *\nmethods PUT\nheaders X-One, X-Two\n",
      "origins *\nmethods PUT\nheaders X-One, X-Two, Content-Type\n",
    ],
    [
      "behind the last header in brackets",
      "origins *\nmethods PUT\nheaders [\n  X-One\n]\n",
      "origins *\nmethods PUT\nheaders [\n  X-One, Content-Type\n]\n",
    ],
  ])("%s", (_what, source, mended) => {
    expect(mend(source, "content-type-missing")).toBe(mended);
    expect(check(mended).diagnostics).toEqual([]);
  });
});

describe("nothing is missing", () => {
  test.each([
    "methods PUT\nheaders content-type\n",
    "methods PUT, PATCH\nheaders X-One, Content-Type\n",
    "methods PUT\nheaders *, Authorization\n",
    "methods *\n",
    "methods DELETE\n",
    "headers X-One\n",
  ])("%j", (source) => {
    expect(check(`origins *\n${source}`).diagnostics).toEqual([]);
  });
});
