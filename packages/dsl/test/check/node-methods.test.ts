import { METHODS } from "node:http";
import { expect, test } from "vitest";
import { compile } from "../../src/compile.js";

/** Of those that Node knows the ones that no script can send. */
const FORBIDDEN = ["CONNECT", "TRACE"];

function codesOf(method: string): string[] {
  const source = `origins https://a.example.com\nmethods ${method}\nheaders Content-Type\n`;
  return compile(source).diagnostics.map(({ code }) => code);
}

test.each(METHODS.filter((method) => !FORBIDDEN.includes(method)))("Node's server lets %s through", (method) => {
  expect(codesOf(method)).toEqual([]);
});

test.each(FORBIDDEN)("%s is forbidden, whatever Node makes of it", (method) => {
  expect(codesOf(method)).toEqual(["method-forbidden"]);
});

test.each(["VIEW", "GETX", "MSEARCH", "M-SEARCHES"])("Node's server refuses %s", (method) => {
  expect(METHODS).not.toContain(method);
  expect(codesOf(method)).toEqual(["method-unknown-to-node"]);
});
