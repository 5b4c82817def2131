import { expect, test } from "vitest";
import { findFreeLabel } from "../../../src/origin/algebra/label-search.js";

const ANY = { before: "", after: "" };
const CHARACTERS = [..."abcdefghijklmnopqrstuvwxyz0123456789-_"];

test("a label that nobody has taken is a short one", () => {
  expect(findFreeLabel({ before: "app-", after: "" }, { labels: ["app-a"], partialLabels: [] }, 63)).toBe("app-b");
  expect(findFreeLabel(ANY, { labels: ["b"], partialLabels: [] }, 63)).toBe("a");
  expect(findFreeLabel(ANY, { labels: CHARACTERS, partialLabels: [] }, 63)).toBe("aa");
  expect(findFreeLabel(ANY, { labels: [...CHARACTERS, "aa"], partialLabels: [] }, 63)).toBe("ab");
});

test("there is none beyond the room, or beyond 63 characters", () => {
  expect(findFreeLabel(ANY, { labels: CHARACTERS, partialLabels: [] }, 1)).toBeNull();
  expect(findFreeLabel({ before: "app-", after: "-x" }, { labels: [], partialLabels: [] }, 7)).toBe("app-a-x");
  expect(findFreeLabel({ before: "app-", after: "-x" }, { labels: [], partialLabels: [] }, 6)).toBeNull();
  expect(findFreeLabel({ before: "b".repeat(62), after: "" }, { labels: [], partialLabels: [] }, 200)).toHaveLength(63);
  expect(findFreeLabel({ before: "b".repeat(62), after: "c" }, { labels: [], partialLabels: [] }, 200)).toBeNull();
  const all = CHARACTERS.map((character) => "b".repeat(62) + character);
  expect(findFreeLabel({ before: "b".repeat(62), after: "" }, { labels: all, partialLabels: [] }, 200)).toBeNull();
});

test("what partial labels take is taken at every length", () => {
  const taken = CHARACTERS.map((before) => ({ before, after: "" }));
  expect(findFreeLabel(ANY, { labels: [], partialLabels: taken }, 63)).toBe("a");
  expect(findFreeLabel(ANY, { labels: CHARACTERS, partialLabels: taken }, 63)).toBeNull();
  expect(findFreeLabel(ANY, { labels: CHARACTERS, partialLabels: taken.slice(1) }, 63)).toBe("aa");
  expect(
    findFreeLabel({ before: "a", after: "b" }, { labels: [], partialLabels: [{ before: "a", after: "" }] }, 63),
  ).toBeNull();
});
