import {
  compile,
  compileFiles,
  createMemoryHost,
  definePolicy,
  format,
  type PolicyDefinition,
  toCors,
} from "@corslang/dsl";
import type { CompiledPolicy } from "@corslang/runtime";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Fixture, readFiles, readFixtures } from "../../packages/dsl/test/fixtures.js";
import { PROFILES, type Program, programs } from "./generators/programs.js";
import { expectToFail, expectToHold, SEED } from "./generators/seed.js";
import { printProgram } from "./print-program.js";
import { type Resolved, resolvePolicy, toCompiled, type Word } from "./resolve-program.js";

/*
 * A program means the same however it is printed, and what it means is what a plain resolver says. Printers are the one
 * of these tests, the formatter, and `toCors`.
 */

type Files = Readonly<Record<string, string>>;
type Meaning = Readonly<Record<string, Readonly<Record<string, CompiledPolicy>>>>;

const NO_PROFILE = "(none)";

/** What the compiler makes of files, by profile and policy, and the codes of what is wrong. */
function compiledFrom(files: Files): { readonly codes: readonly string[]; readonly meaning: Meaning } {
  const { files: results, diagnostics } = compileFiles(["policy.cors"], createMemoryHost(files));
  const [result] = results;
  const meaning = Object.fromEntries(
    [null, ...PROFILES].map((profile) => [
      profile ?? NO_PROFILE,
      Object.fromEntries((result?.policiesFor(profile) ?? []).map(({ compiled }) => [compiled.name, compiled])),
    ]),
  );
  const codes = diagnostics.map(({ code, severity }) => `${severity} ${code}`);
  return { codes: codes.sort(), meaning };
}

/** The policies of the file that is compiled; those of the other one are only extended. */
function resolvedFrom(program: Program, profile: string | null): readonly Resolved[] {
  return program.policies.flatMap((_, number) =>
    number < program.sharedPolicies ? [] : [resolvePolicy(program, number, profile)],
  );
}

function meaningOf(program: Program): Meaning {
  return Object.fromEntries(
    [null, ...PROFILES].map((profile) => [
      profile ?? NO_PROFILE,
      Object.fromEntries(resolvedFrom(program, profile).map((policy) => [policy.name, toCompiled(policy)])),
    ]),
  );
}

const layouts = fc.tuple(fc.nat(), fc.nat());

function printed(explain: (program: Program) => Meaning): fc.IProperty<[Program, [number, number]]> {
  return fc.property(programs, layouts, (program, [one, other]) => {
    const expected = explain(program);
    const files = printProgram(program, one);
    const compiled = compiledFrom(files);
    expect(
      compiled.codes.filter((code) => code.startsWith("error")),
      JSON.stringify(files),
    ).toEqual([]);
    expect(compiled.meaning, JSON.stringify(files)).toEqual(expected);
    expect(compiledFrom(printProgram(program, other)).meaning).toEqual(expected);
  });
}

function expectFormatToKeepMeaning(files: Files, reformat: (text: string) => string): void {
  const formatted = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, reformat(text)]));
  expect(compiledFrom(formatted)).toEqual(compiledFrom(files));
}

function formatted(reformat: (text: string) => string): fc.IProperty<[Program, number]> {
  return fc.property(programs, fc.nat(), (program, layout) => {
    expectFormatToKeepMeaning({ ...printProgram(program, layout) }, reformat);
  });
}

/** A resolved policy as an object for `definePolicy`. */
function toDefinition({ name, lists, credentials, maxAge }: Resolved): PolicyDefinition {
  const texts = (list: "*" | readonly Word[]) =>
    list === "*" ? list : list.length === 0 ? "none" : list.map(({ text }) => text);
  const { origins } = lists;
  const definition = {
    name,
    origins:
      origins === "*"
        ? origins
        : origins.length === 0
          ? "none"
          : origins.map(({ text, unsafe }) => (unsafe ? { unsafe: text } : text)),
    methods: texts(lists.methods),
    headers: lists.headers === "*" ? ["*", "Authorization"] : texts(lists.headers),
    expose: texts(lists.expose),
    credentials,
    maxAge: maxAge ?? "none",
  };
  // The cast holds: programs have no `*` where they have credentials, which is all that the type adds.
  return definition as PolicyDefinition;
}

function defined(print: (definition: PolicyDefinition) => string): fc.IProperty<[Program]> {
  return fc.property(programs, (program) => {
    for (const policy of resolvedFrom(program, PROFILES[0])) {
      const definition = toDefinition(policy);
      const expected = toCompiled(policy);
      expect(definePolicy(definition).policy).toEqual(expected);
      expect(compile(print(definition)).policies[0]?.compiled).toEqual(expected);
    }
  });
}

describe(`programs, CORSLANG_SEED=${SEED}`, () => {
  test("compile to what a plain resolver makes of them, in any layout", async () => {
    await expectToHold(printed(meaningOf), 400);
  });

  test("and to the same when they are formatted", async () => {
    await expectToHold(
      formatted((text) => format(text).text),
      400,
    );
  });

  test("and their policies to the same as objects, and printed from these", async () => {
    await expectToHold(defined(toCors), 300);
  });
});

const fixtures: readonly Fixture[] = [...readFixtures("diagnostics"), ...readFixtures("format")];

test("every fixture means the same, with the same faults, when all of its files are formatted", () => {
  for (const fixture of fixtures) expectFormatToKeepMeaning(readFiles(fixture), (text) => format(text).text);
  const withPolicies = fixtures.filter((fixture) => {
    return Object.keys(compiledFrom(readFiles(fixture)).meaning[NO_PROFILE] ?? {}).length > 0;
  });
  expect(withPolicies.length).toBeGreaterThan(30);
});

describe("a planted bug is found", () => {
  const change = (alter: (program: Program) => Program) => (program: Program) => meaningOf(alter(program));
  const RESOLVERS: Readonly<Record<string, (program: Program) => Meaning>> = {
    "`extends` is ignored": change((program) => ({
      ...program,
      policies: program.policies.map((policy) => ({ ...policy, base: null })),
    })),
    "blocks for profiles apply from the last to the first": change((program) => ({
      ...program,
      policies: program.policies.map((policy) => ({ ...policy, whens: policy.whens.toReversed() })),
    })),
    "`+=` replaces": change((program) => ({
      ...program,
      policies: program.policies.map(({ block, ...policy }) => ({
        ...policy,
        block: {
          ...block,
          lists: Object.fromEntries(
            Object.entries(block.lists).map(([name, setting]) => [name, { ...setting, appends: false }]),
          ),
        },
      })),
    })),
    "a set of a set is empty": change((program) => ({
      ...program,
      sets: program.sets.map((set) => ({ ...set, items: set.items.filter((item) => "text" in item) })),
    })),
    "an own max-age of none is none at all": change((program) => ({
      ...program,
      policies: program.policies.map((policy) => ({
        ...policy,
        block: { ...policy.block, maxAge: policy.block.maxAge?.seconds === null ? null : policy.block.maxAge },
      })),
    })),
    "the profile without a name is the first one": (program) => {
      const meaning = meaningOf(program);
      return { ...meaning, [NO_PROFILE]: meaning[PROFILES[0]] ?? {} };
    },
  };

  test.each(Object.entries(RESOLVERS))("in resolving: %s", async (_name, explain) => {
    await expectToFail(printed(explain), 600);
  });

  test.each([
    ["the last item of a list", (text: string) => text.replace(/, [^,\n]+\n/, "\n")],
    ["the second `unsafe`", (text: string) => text.replace(/(unsafe .*?)unsafe /s, "$1")],
    ["a setting that is appended", (text: string) => text.replace("+=", "")],
  ])("in a formatter that loses %s", async (_name, spoil) => {
    await expectToFail(
      formatted((text) => spoil(format(text).text)),
      400,
    );
  });

  test("in a printer that forgets credentials", async () => {
    await expectToFail(
      defined((definition) => toCors(definition).replace("credentials true\n", "")),
      400,
    );
  });
});
