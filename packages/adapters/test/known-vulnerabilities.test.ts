import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { cachingVulnerabilities } from "./vulnerabilities/caching.js";
import { classificationVulnerabilities } from "./vulnerabilities/classification.js";
import { defaultVulnerabilities, denialVulnerabilities } from "./vulnerabilities/defaults.js";
import { injectionVulnerabilities } from "./vulnerabilities/injection.js";
import { nullVulnerabilities } from "./vulnerabilities/null-origin.js";
import { reflectionVulnerabilities } from "./vulnerabilities/reflection.js";
import { expressionVulnerabilities } from "./vulnerabilities/regular-expressions.js";
import { requestedHeadersVulnerabilities } from "./vulnerabilities/requested-headers.js";
import { routeVulnerabilities } from "./vulnerabilities/routes.js";
import { packagingVulnerabilities, sharedStateVulnerabilities } from "./vulnerabilities/shared-state.js";
import { matchingVulnerabilities } from "./vulnerabilities/string-matching.js";
import type { Vulnerability } from "./vulnerabilities/vulnerability.js";

/*
 * The vulnerabilities of CORS code, in any language, that were published under a number or as an issue: each with the
 * input that it was told with, and the test that shows that it isn't here. What other middlewares for Node do wrong
 * beside that is in known-defects.test.ts.
 */
const CLASSES: Readonly<Record<string, readonly Vulnerability[]>> = {
  "a wildcard, or no configuration, that becomes any origin with credentials": reflectionVulnerabilities,
  "regular expressions that say more than was meant": expressionVulnerabilities,
  "prefixes, suffixes, stars and trees that match too much or too little": matchingVulnerabilities,
  "the null origin": nullVulnerabilities,
  "work without bounds for requested headers": requestedHeadersVulnerabilities,
  "a request's text in the answer or a log": injectionVulnerabilities,
  "answers that caches give to others": cachingVulnerabilities,
  "paths that are read in two ways, layers that widen": routeVulnerabilities,
  "requests that are taken for others": classificationVulnerabilities,
  "what is open by default": defaultVulnerabilities,
  "what the denied are told": denialVulnerabilities,
  "state that requests share": sharedStateVulnerabilities,
  "what is in a package": packagingVulnerabilities,
};

const all = Object.values(CLASSES).flat();

const NUMBER = /(?:CVE|GHSA|GO|PYSEC)-[\w-]+/g;
const numbers = all.flatMap(({ id }) => id.match(NUMBER) ?? []);

test("each is here once", () => {
  expect(all.length).toBe(82);
  expect(new Set(all.map(({ id }) => id)).size).toBe(82);
  expect(new Set(numbers).size).toBe(numbers.length);
});

test("docs/assurance.md names each number, and no other one", () => {
  const page = readFileSync(new URL("../../../docs/assurance.md", import.meta.url), "utf8");
  const [, section = ""] = /\n## Known vulnerabilities\n(.*?)\n## /s.exec(page) ?? [];
  expect([...(section.match(NUMBER) ?? [])].sort()).toEqual([...numbers].sort());
});

describe.each(Object.entries(CLASSES))("%s", (_class, vulnerabilities) => {
  test.each(vulnerabilities)("$id, $where: $fault", async ({ isAbsent }) => {
    await isAbsent();
  });
});
