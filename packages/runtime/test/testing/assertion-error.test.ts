import { expect, test } from "vitest";
import { createMatcher } from "../../src/index.js";
import { CorsAssertionError, expectCors } from "../../src/testing.js";
import { anonymousPolicy } from "../policies.js";
import { thrownBy } from "./thrown-by.js";

const page = expectCors(createMatcher(anonymousPolicy())).from("https://evil.test");

test("the error is one that test runners know, and its stack begins in the test", async () => {
  const error = await thrownBy(() => page.toBeAllowed());
  expect(error).toBeInstanceOf(Error);
  expect(error.name).toBe("CorsAssertionError");
  expect(new CorsAssertionError("text", 1, 2)).toMatchObject({ message: "text", expected: 1, actual: 2 });
  for (const { stack = "" } of [error, new CorsAssertionError("text", 1, 2)]) {
    const [, firstFrame = ""] = stack.slice(stack.indexOf("\n    at")).split("\n");
    expect(firstFrame).toContain("assertion-error.test.ts");
  }
});

test("the error is the same in engines that can't say where its stack begins", async () => {
  const { captureStackTrace } = Error;
  Reflect.deleteProperty(Error, "captureStackTrace");
  try {
    const { message } = await thrownBy(() => page.toBeAllowed());
    expect(message).toContain("and it is denied (origin-not-allowed)");
  } finally {
    Error.captureStackTrace = captureStackTrace;
  }
});
