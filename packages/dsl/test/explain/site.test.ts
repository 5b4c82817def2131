import { expect, test } from "vitest";
import { siteOf } from "../../src/explain/site.js";

test.each([
  ["example.com", "example.com"],
  ["eu.app.example.com", "example.com"],
  ["app.example.co.uk", "example.co.uk"],
  ["example.co.uk", "example.co.uk"],
  ["shop.github.io", "shop.github.io"],
  ["a.shop.github.io", "shop.github.io"],
  ["github.io", "github.io"],
  ["com", "com"],
  ["localhost", "localhost"],
  ["app.localhost", "app.localhost"],
  ["a.b.internal", "b.internal"],
])("%s is of the site %s", (name, site) => {
  expect(siteOf(name)).toBe(site);
});
