import { compileFiles, createMemoryHost } from "@corslang/dsl";
import { type CompiledPolicy, createMatcher } from "@corslang/runtime";
import { createMatcherServer, simulateFetch } from "@corslang/runtime/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkFiles } from "../../packages/dsl/src/compile.js";
import { explain } from "../../packages/dsl/src/explain/explain.js";
import { type Explanation, isAllowed, type Question } from "../../packages/dsl/src/explain/explanation.js";
import { toJsonExplanation } from "../../packages/dsl/src/explain/json.js";
import { renderExplanation } from "../../packages/dsl/src/explain/pretty.js";
import { applyEdits } from "../../packages/dsl/src/text/edit.js";
import { createPublishedValidator } from "../../packages/dsl/test/reports/validators.js";
import { pagesNear } from "./generators/pages.js";
import { PROFILES, programs } from "./generators/programs.js";
import { expectToFail, expectToHold, SEED } from "./generators/seed.js";
import { printProgram, type Sources } from "./print-program.js";

/* Explanations of any request by any policy: the verdict is the runtime's and the browser's, and what is proposed helps. */

const ENTRY = "policy.cors";
const READS = ["ETag", "X-Request-Id", "content-type", "allow", "Set-Cookie"];

const validate = createPublishedValidator("explanation.schema.json");

/** A request by a policy, one of a program's. */
interface Case {
  readonly sources: Sources;
  readonly policy: CompiledPolicy;
  readonly profile: string | null;
  readonly question: Question;
}

function compiledOf(sources: Sources, profile: string | null): readonly CompiledPolicy[] {
  const [file] = compileFiles([ENTRY], createMemoryHost(sources)).files;
  return file?.policiesFor(profile)?.map(({ compiled }) => compiled) ?? [];
}

const cases: fc.Arbitrary<Case> = fc
  .tuple(programs, fc.nat(), fc.constantFrom(null, ...PROFILES), fc.nat(9))
  .chain(([program, layout, profile, number]) => {
    const sources = printProgram(program, layout);
    const policies = compiledOf(sources, profile);
    const policy = policies[number % Math.max(1, policies.length)];
    if (!policy) throw new Error("a program does not compile");
    return fc
      .tuple(pagesNear(policy), fc.subarray(READS))
      .map(([page, reads]) => ({ sources, policy, profile, question: { page: page.request, reads } }));
  });

/** Whether a page gets an answer with all headers that its script reads. */
function isReadable(policy: CompiledPolicy, { page, reads }: Question): boolean {
  const application = { status: 200, headers: reads.map((name) => [name, "1"] as const) };
  const experience = simulateFetch(page, createMatcherServer(createMatcher(policy), application));
  if (experience.outcome !== "readable") return false;
  return reads.every((name) => experience.headerNames.includes(name.toLowerCase()));
}

function explainCase({ sources, policy, profile, question }: Case): Explanation {
  const host = createMemoryHost(sources);
  const checked = checkFiles([ENTRY], host);
  const explanation = explain(question, { checked, policyName: policy.name, profile, host });
  if (!explanation) throw new Error("there is no explanation");
  return explanation;
}

const seen = new Map<string, number>();

function count(what: string): void {
  seen.set(what, (seen.get(what) ?? 0) + 1);
}

/** The step that a policy's reason is about. */
const STEPS = {
  "origin-not-allowed": "origin",
  "origin-malformed": "origin",
  "method-not-allowed": "method",
  "method-malformed": "method",
  "header-not-allowed": "header",
  "headers-malformed": "header",
} as const;

function expectTrue(one: Case, explanation: Explanation): void {
  const { sources, policy, question } = one;
  const { experience, denial, steps, obstacles, change } = explanation;
  const server = createMatcherServer(createMatcher(policy));
  expect(experience).toEqual(simulateFetch(question.page, server));
  expect(isAllowed(explanation)).toBe(isReadable(policy, question));
  const last = steps.at(-1);
  if (denial) expect(last?.kind).toBe(STEPS[denial.reason]);
  if (experience.outcome !== "readable") expect(obstacles[0]?.step).toBe(last);
  expect(renderExplanation(explanation)).toContain("\n\n1. ");
  expect(validate(toJsonExplanation(explanation, "1.0.0"))).toEqual([]);
  count(experience.outcome);
  if (!change) return;
  count("change");
  const changed = { ...sources, [ENTRY]: applyEdits(sources[ENTRY] ?? "", change.edits) };
  const again = compiledOf(changed, change.profile).find(({ name }) => name === policy.name);
  expect(again && isReadable(again, question), changed[ENTRY]).toBe(true);
}

/** With the explanation as it is, or as a bug makes it. */
function truth(change: (explanation: Explanation) => Explanation): fc.IProperty<[Case]> {
  return fc.property(cases, (one) => expectTrue(one, change(explainCase(one))));
}

describe(`explanations, CORSLANG_SEED=${SEED}`, () => {
  test("say what happens, and propose what helps", async () => {
    seen.clear();
    await expectToHold(
      truth((explanation) => explanation),
      600,
    );
    console.info(`CORSLANG_SEED=${SEED}: ${JSON.stringify(Object.fromEntries(seen))}`);
    for (const kind of ["preflight-failed", "blocked", "readable", "change"]) {
      expect([kind, (seen.get(kind) ?? 0) > 30]).toEqual([kind, true]);
    }
  });
});

describe("a planted bug is found", () => {
  const BUGS: Readonly<Record<string, (explanation: Explanation) => Explanation>> = {
    "an obstacle is overlooked": (one) => ({ ...one, obstacles: [] }),
    "a step too many is told": (one) => ({ ...one, steps: one.steps.slice(0, -1) }),
    "half of a change is proposed": (one) => {
      return one.change ? { ...one, change: { ...one.change, edits: one.change.edits.slice(1) } } : one;
    },
  };

  test.each(Object.entries(BUGS))("%s", async (_name, bug) => {
    await expectToFail(truth(bug), 600);
  });
});
