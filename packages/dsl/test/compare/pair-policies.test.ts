import { expect, test } from "vitest";
import { Random, seedOfThisRun } from "../../../runtime/test/random.js";
import type { DeclaredPolicy } from "../../src/compare/comparison.js";
import { pairPolicies } from "../../src/compare/pair-policies.js";
import { checkText } from "./checked.js";

const SEED = seedOfThisRun();
const POLICY = checkText("origins none\n");

/** A policy as `FILE NAME MEANING`. */
function declare(text: string): DeclaredPolicy {
  const [file = "", name = ""] = text.split(" ");
  return { file, name, profiles: [], checkedFor: () => POLICY };
}

function pairs(before: readonly string[], after: readonly string[]): string[] {
  const texts = new Map([...before, ...after].map((text) => [declare(text), text]));
  const find = (text: string) => [...texts].find(([, other]) => other === text)?.[0] ?? declare(text);
  const meaningOf = (policy: DeclaredPolicy) => texts.get(policy)?.split(" ")[2];
  // A text may stand on both sides: then it is two policies.
  const news = after.map((text) => ({ ...find(text) }));
  for (const [index, policy] of news.entries()) texts.set(policy, after[index] ?? "");
  return pairPolicies(before.map(find), news, (one, other) => meaningOf(one) === meaningOf(other))
    .map((pair) => {
      const [old, now] = [pair.before, pair.after].map((policy) => (policy ? texts.get(policy) : "-"));
      return `${old} → ${now}`;
    })
    .sort();
}

test.each([
  ["one name in one file", ["a.cors x 1"], ["a.cors x 2"], ["a.cors x 1 → a.cors x 2"]],
  ["a renamed policy", ["a.cors x 1"], ["a.cors y 1"], ["a.cors x 1 → a.cors y 1"]],
  ["a moved policy", ["a.cors x 1"], ["b.cors x 1"], ["a.cors x 1 → b.cors x 1"]],
  ["one of another meaning", ["a.cors x 1"], ["b.cors y 2"], ["- → b.cors y 2", "a.cors x 1 → -"]],
  [
    "names that have been exchanged stay with their files: what a name stands for has changed",
    ["a.cors x 1", "a.cors y 2"],
    ["a.cors x 2", "a.cors y 1"],
    ["a.cors x 1 → a.cors x 2", "a.cors y 2 → a.cors y 1"],
  ],
  [
    "of two that mean the same, the one of the same name",
    ["a.cors x 1"],
    ["b.cors w 1", "c.cors x 1"],
    ["- → b.cors w 1", "a.cors x 1 → c.cors x 1"],
  ],
  [
    "of two that mean the same, else the one of the same file",
    ["b.cors x 1"],
    ["a.cors w 1", "b.cors y 1"],
    ["- → a.cors w 1", "b.cors x 1 → b.cors y 1"],
  ],
  ["a file that has moved and changed", ["p/a.cors x 1"], ["q/a.cors x 2"], ["p/a.cors x 1 → q/a.cors x 2"]],
  [
    "no guess where there is a doubt",
    ["p/a.cors x 1"],
    ["q/a.cors x 2", "r/a.cors x 3"],
    ["- → q/a.cors x 2", "- → r/a.cors x 3", "p/a.cors x 1 → -"],
  ],
])("%s", (_what, before, after, expected) => {
  expect(pairs(before, after)).toEqual(expected);
  const mirrored = expected.map((pair) => pair.split(" → ").reverse().join(" → "));
  expect(pairs(after, before)).toEqual(mirrored.sort());
});

test(`each policy is in one pair, and with the sides exchanged the pairs are the same (CORSLANG_SEED=${SEED})`, () => {
  const random = new Random(SEED);
  const make = () => {
    const made = random.several(
      0,
      6,
      () => `${random.pick(["", "p/"])}${random.pick("ab")}.cors ${random.pick("xyz")} ${random.pick("12")}`,
    );
    const names = new Set<string>();
    return made.filter((text) => {
      const name = text.slice(0, -2);
      return names.size < names.add(name).size;
    });
  };
  for (let round = 0; round < 500; round++) {
    const [before, after] = [make(), make()];
    const found = pairs(before, after);
    expect(
      found
        .map((pair) => pair.split(" → ")[0] ?? "")
        .filter((text) => text !== "-")
        .sort(),
    ).toEqual([...before].sort());
    expect(
      found
        .map((pair) => pair.split(" → ")[1] ?? "")
        .filter((text) => text !== "-")
        .sort(),
    ).toEqual([...after].sort());
    const mirrored = found.map((pair) => pair.split(" → ").reverse().join(" → ")).sort();
    expect(pairs(after, before), JSON.stringify([before, after])).toEqual(mirrored);
  }
});
