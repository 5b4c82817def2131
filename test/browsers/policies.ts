import { readFileSync } from "node:fs";
import { compile } from "@corslang/dsl";
import { createMatcher, type Matcher } from "@corslang/runtime";
import type { Mount } from "../../packages/adapters/test/listeners/application.js";

/** The text of fixtures/policies.cors. */
export const source = readFileSync(new URL("fixtures/policies.cors", import.meta.url), "utf8");

const matchers: ReadonlyMap<string, Matcher> = new Map(
  compile(source).policies.map(({ compiled }) => [compiled.name, createMatcher(compiled)]),
);

/** A policy of fixtures/policies.cors, and how it is mounted. */
const MOUNTS = {
  account: { policy: "account", options: {} },
  plain: { policy: "plain", options: {} },
  public: { policy: "public", options: {} },
  open: { policy: "open", options: {} },
  listed: { policy: "listed", options: {} },
  patterns: { policy: "patterns", options: {} },
  frames: { policy: "frames", options: {} },
  nobody: { policy: "nobody", options: {} },
  "account-debug": { policy: "account", options: { debug: true } },
  "account-enforced": { policy: "account", options: { enforce: true } },
} as const;

/** Where a policy is mounted: the first part of a URL's path. */
export type MountName = keyof typeof MOUNTS;

/** The policy of a mount. */
export function policyOf(name: MountName): Matcher {
  const matcher = matchers.get(MOUNTS[name].policy);
  if (!matcher) throw new Error(`fixtures/policies.cors has no policy ${MOUNTS[name].policy}, or does not compile`);
  return matcher;
}

/** All policies as they are mounted in every application. */
export function createMounts(): readonly Mount[] {
  // The cast holds: these are the keys.
  const names = Object.keys(MOUNTS) as MountName[];
  return names.map((name) => ({ path: `/${name}`, policy: policyOf(name), options: MOUNTS[name].options }));
}
