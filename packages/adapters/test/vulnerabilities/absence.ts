import { type Code, check, definePolicy, type PolicyDefinition, PolicyError } from "@corslang/dsl";
import { type CompiledPolicy, createMatcher } from "@corslang/runtime";
import { expect } from "vitest";
import { anonymousPolicy, credentialedPolicy } from "../../../runtime/test/policies.js";
import { askEveryFramework, type FrameworkAnswer } from "../applications/frameworks.js";
import { corsLines } from "../http-client.js";

export const FROM_EVIL = "Origin: https://evil.example";
export const FROM_APP = "Origin: https://app.example.com";
export const FOR_PUT = "Access-Control-Request-Method: PUT";
export const PREFLIGHT_VARY = "vary: access-control-request-headers, access-control-request-method, origin";

/** Status and the lines that matter to CORS. */
export function digestOf({ status, headerLines }: FrameworkAnswer): readonly unknown[] {
  return [status, ...corsLines(headerLines)];
}

/** Every framework gives these answers: of each, status and the lines that matter to CORS, then whether the handler ran. */
export async function expectAnswers(
  policy: CompiledPolicy,
  ...expected: readonly (readonly [
    request: readonly string[],
    digest: readonly unknown[],
    handler: "handled" | "not handled",
  ])[]
): Promise<void> {
  for (const answers of await askEveryFramework(policy, ...expected.map(([request]) => request))) {
    const seen = answers.map((answer) => [digestOf(answer), answer.handlerRan ? "handled" : "not handled"]);
    expect(seen).toEqual(expected.map(([, digest, handler]) => [digest, handler]));
  }
}

/**
 * Pages at these origins can read nothing under a policy with cookies: their requests get no CORS header, and their
 * preflights fail, in every framework.
 */
export async function expectDenied(patterns: readonly string[], ...origins: readonly string[]): Promise<void> {
  await expectAnswers(
    credentialedPolicy({ origins: patterns, methods: ["PUT"] }),
    ...origins.flatMap((origin) => [
      [["GET /resource", `Origin: ${origin}`], [200, "vary: origin"], "handled"] as const,
      [["OPTIONS /resource", `Origin: ${origin}`, FOR_PUT], [403, PREFLIGHT_VARY], "not handled"] as const,
    ]),
  );
}

/** Pages at these origins can read, so that what denies the others is not that nobody is allowed. */
export function expectAllowed(patterns: readonly string[], ...origins: readonly string[]): void {
  const { decide } = createMatcher(anonymousPolicy({ origins: patterns }));
  for (const origin of origins) {
    const { outcome } = decide({ method: "GET", origin, requestMethod: null, requestHeaders: null });
    expect(`${origin}: ${outcome}`).toBe(`${origin}: actual-allowed`);
  }
}

/** The compiler refuses the source with these codes and nothing is compiled. */
export function expectErrors(source: string, ...codes: readonly Code[]): void {
  const errors = check(source).diagnostics.filter(({ severity }) => severity === "error");
  expect(errors.map(({ code }) => code)).toEqual(codes);
}

/** Neither a definition nor compiled data with these members becomes a policy. */
export function expectNoSuchPolicy(members: object): void {
  // The cast does not hold: that is what is tested.
  expect(() => definePolicy(members as PolicyDefinition)).toThrow(PolicyError);
  expect(() => createMatcher(anonymousPolicy(members))).toThrow(TypeError);
}
