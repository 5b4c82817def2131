import { expect, test } from "vitest";
import { chooseExample, MALFORMED } from "../../../src/origin/algebra/example-order.js";

test.each([
  [["http://a.test", "https://app.test:8443", "https://app.test"], "https://app.test"],
  [["capacitor://a", "http://app.test:81"], "http://app.test:81"],
  [["https://bb.test", "https://a.test", "https://b.test"], "https://a.test"],
  // A colon in an address is no port.
  [["https://[::1]", "https://a.test:81"], "https://[::1]"],
  [["https://[1::2]", "https://longer.example.com"], "https://[1::2]"],
  [["null", MALFORMED, "capacitor://a"], "capacitor://a"],
  [[MALFORMED, "null"], "null"],
  [[MALFORMED], MALFORMED],
  [[], null],
])("of %j: %s", (values, expected) => {
  expect(chooseExample(values)).toBe(expected);
});
