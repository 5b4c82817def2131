import { compile, compileFiles, createMemoryHost, type Policy } from "@corslang/dsl";
import { type CorsRequest, createMatcher, type Matcher } from "@corslang/runtime";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emitModule } from "../../packages/dsl/src/emit/module.js";
import { emitProfilesModule } from "../../packages/dsl/src/emit/profiles.js";
import { STANDALONE } from "../../packages/dsl/src/emit/standalone.js";
import { requestsNear } from "./generators/policies.js";
import { PROFILES, programs } from "./generators/programs.js";
import { expectToFail, expectToHold, SEED } from "./generators/seed.js";
import { printProgram } from "./print-program.js";

/*
 * A module that has the runtime in it, one that imports the built runtime, and the sources decide alike. What is imported
 * from a `data:` URL can import nothing by a package's name.
 */

const runtime = new URL("../../packages/runtime/dist/index.js", import.meta.url).href;

/** A module's policies by name. */
type Matchers = Readonly<Record<string, Matcher>>;

async function importText(text: string): Promise<Record<string, unknown>> {
  return import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(text)}`);
}

function byName(values: Iterable<unknown>): Matchers {
  // The cast holds: modules export matchers alone, but for `forProfile`, which is not given to this.
  const matchers = [...values] as readonly Matcher[];
  return Object.fromEntries(matchers.map((matcher) => [matcher.policy.name, matcher]));
}

async function matchersOf(text: string): Promise<Matchers> {
  return byName(Object.values(await importText(text)));
}

async function matchersOfProfile(text: string, profile: string): Promise<Matchers> {
  const { forProfile } = await importText(text);
  // The cast holds: it is what a module for several profiles exports.
  return byName(Object.values((forProfile as (name: string) => object)(profile)));
}

/** The same module, with the runtime's place written out. */
function withRuntime(text: string): string {
  expect(text).toContain('from "@corslang/runtime"');
  return text.replace('"@corslang/runtime"', JSON.stringify(runtime));
}

const compiled = fc
  .tuple(programs, fc.nat())
  .map(([program, layout]) => {
    const { files } = compileFiles(["policy.cors"], createMemoryHost(printProgram(program, layout)));
    const policiesFor = (profile: string | null): readonly Policy[] => files[0]?.policiesFor(profile) ?? [];
    return {
      plain: policiesFor(null),
      profiles: PROFILES.map((profile) => ({ profile, policies: policiesFor(profile) })),
    };
  })
  .chain(({ plain, profiles }) => {
    // What profiles add is asked for as well.
    const asked = [...plain, ...profiles.flatMap(({ policies }) => policies)];
    const requests = fc.tuple(...asked.map((policy) => requestsNear(policy.compiled, 8))).map((lists) => lists.flat());
    return fc.tuple(fc.constant(plain), fc.constant(profiles), requests);
  });

function decisionsOf(matchers: Matchers, requests: readonly CorsRequest[]): unknown {
  const entries = Object.entries(matchers).map(([name, matcher]) => [
    name,
    requests.map((request) => [matcher.decide(request), matcher.decide(request, true), matcher.explain(request)]),
  ]);
  return Object.fromEntries(entries);
}

let decided = 0;

function agreement(edit: (standalone: string) => string) {
  return fc.asyncProperty(compiled, async ([plain, profiles, requests]) => {
    const fromSources = byName(plain.map((policy) => createMatcher(policy.compiled)));
    const expected = decisionsOf(fromSources, requests);
    const imported = emitModule(plain, "api.cors");
    const standalone = edit(emitModule(plain, "api.cors", null, STANDALONE));
    expect(decisionsOf(await matchersOf(withRuntime(imported)), requests)).toEqual(expected);
    expect(decisionsOf(await matchersOf(standalone), requests)).toEqual(expected);

    const importedProfiles = withRuntime(emitProfilesModule(profiles, "api.cors"));
    const standaloneProfiles = edit(emitProfilesModule(profiles, "api.cors", STANDALONE));
    for (const { profile, policies } of profiles) {
      const ofProfile = byName(policies.map((policy) => createMatcher(policy.compiled)));
      const expectedOfProfile = decisionsOf(ofProfile, requests);
      expect(decisionsOf(await matchersOfProfile(importedProfiles, profile), requests)).toEqual(expectedOfProfile);
      expect(decisionsOf(await matchersOfProfile(standaloneProfiles, profile), requests)).toEqual(expectedOfProfile);
    }
    decided += requests.length * plain.length * (1 + profiles.length);
  });
}

describe(`modules that import nothing, CORSLANG_SEED=${SEED}`, () => {
  test("decide as those that import the runtime, and as the sources", async () => {
    await expectToHold(
      agreement((text) => text),
      40,
    );
    console.info(`CORSLANG_SEED=${SEED}: ${decided} decisions`);
    expect(decided).toBeGreaterThan(5000);
  });
});

describe("a planted bug is found", () => {
  test.each([
    ["a policy has a max-age", "maxAge: null", "maxAge: 600"],
    ["its runtime does not know HEAD", '"HEAD"', '"HEAT"'],
    ["its runtime answers denied requests", 'prepare("actual-denied", null)', 'prepare("actual-denied", 403)'],
    ["its runtime takes a star for nothing as well", "starEnd > start.length", "starEnd >= start.length"],
  ])("in a module where %s", async (_what, text, planted) => {
    const edit = (standalone: string) => standalone.replace(text, planted);
    const module = emitModule(compile("origins none\n").policies, "api.cors", null, STANDALONE);
    expect(edit(module)).not.toBe(module);
    await expectToFail(agreement(edit), 100);
  });
});
