import { expect, test } from "vitest";
import { checkFiles } from "../../src/compile.js";
import { findOriginMiss } from "../../src/explain/origin-miss.js";
import { createSubject } from "../../src/explain/subject.js";
import { createMemoryHost } from "../../src/program/host.js";

/* Which item is nearest, and by what. The words for it are in denials.test.ts. */

/** The kind of the nearest, and the item or the origin that it speaks of. */
function nearest(origin: string, items: readonly string[]): readonly unknown[] {
  const source = `origins [\n${items.map((item) => `  ${item}\n`).join("")}]\n`;
  const [policy] = checkFiles(["api.cors"], createMemoryHost({ "api.cors": source })).files[0]?.checkedFor(null) ?? [];
  if (!policy || policy.origins === "*") throw new Error("the list does not compile");
  const { matcher } = createSubject(policy, null);
  expect(matcher.findOrigin(origin)).toBeNull();
  const miss = findOriginMiss(origin, policy.origins, (other) => matcher.findOrigin(other) !== null);
  switch (miss.kind) {
    case "differs":
      return [miss.difference, miss.item.item.text];
    case "not-serialized":
      return [miss.kind, miss.serialized, miss.isAllowed];
    case "trailing-dot":
      return [miss.kind, miss.without, miss.isAllowed];
    default:
      return [miss.kind];
  }
}

test.each<readonly [origin: string, items: readonly string[], expected: readonly unknown[]]>([
  ["https://b.example", ["http://b.example:2", "https://b.example:1"], ["port", "https://b.example:1"]],
  ["https://b.example", ["https://b.example:1", "http://b.example:2"], ["port", "https://b.example:1"]],
  ["https://b.example", ["https://b.example:1", "http://b.example"], ["scheme", "http://b.example"]],
  ["https://b.example", ["https://b.example:1", "https://b.example:2"], ["port", "https://b.example:1"]],
  ["https://b.example:1", ["http://b.example:*"], ["scheme", "http://b.example:*"]],
  ["https://b.example", ["unsafe null", "https://*.b.example"], ["bare-domain", "https://*.b.example"]],
  ["https://b.example", ["unsafe null"], ["nothing-near"]],
  ["https://b.example:1", ["http://*.b.example"], ["bare-domain", "http://*.b.example"]],
  ["https://www.b.example", ["https://b.example"], ["www", "https://b.example"]],
  ["https://a.b.example", ["https://b.example", "https://example"], ["subdomain", "https://b.example"]],
  ["http://[::1]:1", ["http://localhost:1"], ["loopback-name", "http://localhost:1"]],
  ["http://app.localhost", ["http://127.0.0.1"], ["loopback-name", "http://127.0.0.1"]],
  ["https://eu.pr-7-x.example.dev", ["https://pr-*-x.example.dev"], ["too-many-labels", "https://pr-*-x.example.dev"]],
  ["https://pr-7.eu-x.example.dev", ["https://pr-*-x.example.dev"], ["too-many-labels", "https://pr-*-x.example.dev"]],
  ["https://pr-7.eu.example.dev", ["https://pr-*-x.example.dev"], ["nothing-near"]],
  ["https://eu.a-x.example.dev", ["https://pr-*-x.example.dev"], ["nothing-near"]],
  ["https://pr--x.example.dev", ["https://pr-*-x.example.dev"], ["nothing-for-star", "https://pr-*-x.example.dev"]],
  ["https://staging.example.dev", ["https://pr-*-x.example.dev"], ["nothing-near"]],
  ["https://evil-shop.example", ["https://shop.example"], ["look-alike", "https://shop.example"]],
  ["https://shop.example.evil.test", ["https://*.shop.example"], ["look-alike", "https://*.shop.example"]],
  ["https://shop.example1.test", ["https://shop.example"], ["nothing-near"]],
  ["https://12.0.0.1", ["https://2.0.0.1"], ["typo", "https://2.0.0.1"]],
  ["https://0.2.0.0.1.evil.test", ["https://2.0.0.1"], ["nothing-near"]],
  ["https://api.shop.example", ["unsafe null", "https://app.shop.example"], ["typo", "https://app.shop.example"]],
  ["https://app.shpo.example", ["https://app.shop.example"], ["typo-of-site", "https://app.shop.example"]],
  ["https://B.example", ["https://b.example"], ["not-serialized", "https://b.example", true]],
  ["https://b.example:*", ["https://c.example"], ["not-serialized", null, false]],
  ["https://*.b.example", ["https://c.example"], ["not-serialized", null, false]],
  ["https://b.example, https://c.example", ["https://b.example"], ["not-serialized", null, false]],
  ["https://b.example.", ["https://b.example"], ["trailing-dot", "https://b.example", true]],
  ["https://b.example.:8443", ["https://b.example:8443"], ["trailing-dot", "https://b.example:8443", true]],
  ["https://b.example.", ["https://c.example"], ["trailing-dot", "https://b.example", false]],
  ["https://b.example.:443", ["https://b.example"], ["not-serialized", "https://b.example", true]],
])("%s beside %j", (origin, items, expected) => {
  expect(nearest(origin, items)).toEqual(expected);
});
