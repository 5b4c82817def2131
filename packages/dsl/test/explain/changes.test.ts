import type { PageRequest } from "@corslang/runtime/testing";
import { describe, expect, test } from "vitest";
import { checkFiles } from "../../src/compile.js";
import { explain } from "../../src/explain/explain.js";
import { createMemoryHost } from "../../src/program/host.js";
import { applyEdits } from "../../src/text/edit.js";

/* How a proposed change is written into what is there. That it helps is held in denials.test.ts. */

const PATH = "api.cors";

/** A request from https://b.example by PUT with X-A, unless said. */
interface Asked {
  readonly page?: Partial<PageRequest>;
  readonly reads?: readonly string[];
  readonly policyName?: string;
  readonly profile?: string;
}

function change(source: string, { page, reads = [], policyName = "default", profile }: Asked): string | null {
  const host = createMemoryHost({ [PATH]: source });
  const checked = checkFiles([PATH], host);
  const request = { origin: "https://b.example", method: "GET", headers: [], credentials: "omit", ...page } as const;
  const explanation = explain({ page: request, reads }, { checked, policyName, profile: profile ?? null, host });
  return explanation?.change ? applyEdits(source, explanation.change.edits) : null;
}

const GET: Asked = {};
const PUT: Asked = { page: { method: "PUT" } };
const X_A: Asked = { page: { headers: [["X-A", "1"]] } };
const BOTH: Asked = { page: { method: "PUT", headers: [["X-A", "1"]] } };
const LOCAL: Asked = { page: { origin: "http://localhost:1" } };
const OPEN = "origins https://b.example";

describe("an item", () => {
  test.each<readonly [what: string, source: string, asked: Asked, changed: string]>([
    ["on one line", "origins https://first.example\n", GET, "origins https://first.example, https://b.example\n"],
    ["on the last line", "origins https://first.example", GET, "origins https://first.example, https://b.example"],
    [
      "before a comment",
      "origins https://first.example # ours\n",
      GET,
      "origins https://first.example, https://b.example # ours\n",
    ],
    ["in place of none", "origins none # nobody\n", GET, "origins https://b.example # nobody\n"],
    [
      "in a list, one a line",
      "origins [\n  https://first.example # ours\n]\n",
      GET,
      "origins [\n  https://first.example # ours\n  https://b.example\n]\n",
    ],
    [
      "in a list with commas",
      "origins [\n\thttps://first.example,\n]\n",
      GET,
      "origins [\n\thttps://first.example,\n\thttps://b.example\n]\n",
    ],
    [
      "in a list on one line",
      "origins [ https://first.example ]\n",
      GET,
      "origins [ https://first.example, https://b.example ]\n",
    ],
    [
      "behind one that is unsafe",
      "origins [\n  unsafe http://first.example\n]\n",
      GET,
      "origins [\n  unsafe http://first.example\n  https://b.example\n]\n",
    ],
    [
      "with CRLF and a byte-order mark",
      "\uFEFForigins [\r\n  https://first.example\r\n]\r\n",
      GET,
      "\uFEFForigins [\r\n  https://first.example\r\n  https://b.example\r\n]\r\n",
    ],
    [
      "beside a set, which others may use",
      "set apps [\n  https://first.example\n]\n\norigins @apps\n",
      GET,
      "set apps [\n  https://first.example\n]\n\norigins @apps, https://b.example\n",
    ],
  ])("%s", (_what, source, asked, changed) => {
    expect(change(source, asked)).toBe(changed);
  });

  test("beside the one that is nearest", () => {
    const source = "origins [\n  https://b.example:1\n  https://third.example\n]\n";
    expect(change(source, GET)).toBe(
      "origins [\n  https://b.example:1\n  https://b.example\n  https://third.example\n]\n",
    );
  });
});

describe("a setting that is not there", () => {
  test.each<readonly [what: string, source: string, asked: Asked, changed: string]>([
    [
      "where it is usually written, below the other values",
      `origins     https://b.example\ncredentials false\n`,
      X_A,
      `origins     https://b.example\nheaders     X-A\ncredentials false\n`,
    ],
    ["several at once", `${OPEN}\nexpose ETag\n`, BOTH, `${OPEN}\nmethods PUT\nheaders X-A\nexpose ETag\n`],
    ["behind a comment", `${OPEN} # ours\n`, PUT, `${OPEN} # ours\nmethods PUT\n`],
    ["behind a list", "origins [\n  https://b.example\n]\n", PUT, "origins [\n  https://b.example\n]\nmethods PUT\n"],
    ["credentials", `${OPEN}\n`, { page: { credentials: "include" } }, `${OPEN}\ncredentials true\n`],
    ["what is exposed", `${OPEN}\n`, { reads: ["ETag", "X-B"] }, `${OPEN}\nexpose  ETag, X-B\n`],
    [
      "in a policy on one line",
      `policy api { ${OPEN} }\n`,
      { ...PUT, policyName: "api" },
      `policy api { ${OPEN}\nmethods PUT }\n`,
    ],
    [
      "in a policy that is empty",
      `policy base {\n  ${OPEN}\n  headers X-B\n}\n\npolicy api extends base { # as it is\n}\n`,
      { ...X_A, policyName: "api" },
      `policy base {\n  ${OPEN}\n  headers X-B\n}\n\npolicy api extends base { # as it is\n  headers += X-A\n}\n`,
    ],
    [
      "in a policy that is empty, on one line",
      `policy base {\n  ${OPEN}\n}\n\npolicy api extends base { }\n`,
      { ...PUT, policyName: "api" },
      `policy base {\n  ${OPEN}\n}\n\npolicy api extends base {\n  methods PUT\n }\n`,
    ],
    [
      "in a policy that extends another",
      `policy base {\n  ${OPEN}\n  headers X-B\n}\n\npolicy api extends base {\n  expose ETag\n}\n`,
      { ...BOTH, policyName: "api" },
      `policy base {\n  ${OPEN}\n  headers X-B\n}\n\npolicy api extends base {\n  methods PUT\n  headers += X-A\n  expose ETag\n}\n`,
    ],
  ])("%s", (_what, source, asked, changed) => {
    expect(change(source, asked)).toBe(changed);
  });
});

describe("for a profile", () => {
  test.each<readonly [what: string, source: string, asked: Asked, changed: string]>([
    [
      "that is asked about, in its own block",
      "origins https://first.example\n\nwhen staging {\n  origins += https://third.example\n}\n",
      { ...GET, profile: "staging" },
      "origins https://first.example\n\nwhen staging {\n  origins += https://third.example, https://b.example\n}\n",
    ],
    [
      "that is one of several, in their block",
      "origins none\n\nwhen staging, testing {\n  origins https://first.example\n}\n",
      { ...GET, profile: "testing" },
      "origins none\n\nwhen staging, testing {\n  origins https://first.example, https://b.example\n}\n",
    ],
    [
      "development, beside the block of another",
      "origins https://first.example\n\nwhen staging {\n  origins += https://third.example\n}\n",
      LOCAL,
      "origins https://first.example\n\nwhen staging {\n  origins += https://third.example\n}\n\nwhen development {\n  origins += http://localhost:1\n}\n",
    ],
    [
      "development, in a policy that is empty",
      "policy base {\n  origins none\n}\n\npolicy api extends base {\n}\n",
      { ...LOCAL, policyName: "api" },
      "policy base {\n  origins none\n}\n\npolicy api extends base {\n  when development {\n    origins += http://localhost:1\n  }\n}\n",
    ],
    [
      "that has no such block, for all",
      "origins https://b.example\n\nwhen staging {\n  expose ETag\n}\n",
      { ...PUT, profile: "staging" },
      "origins https://b.example\nmethods PUT\n\nwhen staging {\n  expose ETag\n}\n",
    ],
    [
      "development, a page on the own machine",
      "origins https://first.example\n\npolicy other {\n  origins *\n}\n",
      LOCAL,
      "origins https://first.example\n\nwhen development {\n  origins += http://localhost:1\n}\n\npolicy other {\n  origins *\n}\n",
    ],
    [
      "development, in a block that is there",
      "policy api {\n  origins https://first.example\n\n  when development {\n    max-age 0\n  }\n}\n",
      { ...LOCAL, policyName: "api" },
      "policy api {\n  origins https://first.example\n\n  when development {\n    origins += http://localhost:1\n    max-age 0\n  }\n}\n",
    ],
    [
      "development alone, beside a block for several",
      "origins https://first.example\n\nwhen development, staging {\n  expose ETag\n}\n",
      LOCAL,
      "origins https://first.example\n\nwhen development, staging {\n  expose ETag\n}\n\nwhen development {\n  origins += http://localhost:1\n}\n",
    ],
  ])("%s", (_what, source, asked, changed) => {
    expect(change(source, asked)).toBe(changed);
  });
});

describe("nothing is proposed", () => {
  test.each<readonly [what: string, source: string, asked: Asked]>([
    ["that needs `unsafe`", `${OPEN}\ncredentials true\n`, { page: { origin: "http://b.example" } }],
    ["for a site that only looks like one that is listed", OPEN, { page: { origin: "https://b.example.test" } }],
    ["for a part of what is in the way", OPEN, { page: { origin: "null", method: "PUT" } }],
    ["that the file's expectations exclude", `${OPEN}\nexpect default {\n  deny PUT from https://b.example\n}\n`, PUT],
    ["where it is allowed", OPEN, GET],
  ])("%s", (_what, source, asked) => {
    expect(change(source, asked)).toBeNull();
  });
});
