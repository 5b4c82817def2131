import { expect, test } from "vitest";
import { createMatcher } from "../src/index.js";
import { actualRequest, anonymousPolicy, credentialedPolicy, preflight } from "./policies.js";

/* Apart from the others, as these take seconds: mutation tests leave them out. */

test("a compiled policy is taken with 100,000 origins and 10,000 headers", () => {
  const origins = Array.from({ length: 100_000 }, (_, index) => `https://customer-${index}.example.com`);
  const headers = Array.from({ length: 10_000 }, (_, index) => `x-header-${index}`);
  const matcher = createMatcher(credentialedPolicy({ origins, headers, methods: ["PUT"] }));

  expect(matcher.decide(actualRequest("https://customer-99999.example.com")).outcome).toBe("actual-allowed");
  expect(matcher.decide(actualRequest("https://customer-100000.example.com")).outcome).toBe("actual-denied");
  expect(matcher.decide(preflight("https://customer-0.example.com", "PUT", headers.join(","))).outcome).toBe(
    "preflight-passed",
  );
});

test("a compiled policy is taken with 20,000 patterns", () => {
  const origins = Array.from({ length: 20_000 }, (_, index) => `https://*.customer-${index}.example.com`);
  const matcher = createMatcher(anonymousPolicy({ origins }));

  expect(matcher.decide(actualRequest("https://a.customer-19999.example.com")).outcome).toBe("actual-allowed");
});
