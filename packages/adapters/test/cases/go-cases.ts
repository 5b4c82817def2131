import { readFileSync } from "node:fs";
import type { WrittenPolicy } from "../../../runtime/test/browser/written-policy.js";
import type { RequestLines } from "./judged-answer.js";

interface GoCase {
  readonly id: string;
  readonly library: "jub0bs/cors" | "rs/cors";
  /** `tolerant`: with the library's own opt-outs, which are `unsafe` here. */
  readonly policy: WrittenPolicy & { readonly tolerant?: boolean };
  readonly why: string;
}

/** A policy that the library takes or refuses. */
export interface GoPolicyCase extends GoCase {
  readonly kind: "policy";
  readonly valid: boolean;
  /** What it makes of some lists. */
  readonly canonical?: Partial<Pick<WrittenPolicy, "origins" | "methods" | "headers" | "expose">>;
}

/** A request, and the library's answer. */
export interface GoExchangeCase extends GoCase {
  readonly kind: "exchange";
  readonly debug?: true;
  readonly request: RequestLines;
  readonly answer: {
    readonly status: number;
    readonly handled: boolean;
    readonly headers: Readonly<Record<string, string>>;
  };
}

/** What the tests of two CORS libraries for Go ask of them: jub0bs/cors 1.0.2, and rs/cors after 1.11.1. */
export const goCases: readonly (GoPolicyCase | GoExchangeCase)[] = JSON.parse(
  readFileSync(new URL("../fixtures/go-cases.json", import.meta.url), "utf8"),
);

/** The policy with what it tolerates written as our language wants it. */
export function toWritten({ tolerant, ...policy }: GoCase["policy"]): WrittenPolicy {
  return tolerant ? { ...policy, origins: policy.origins.map((origin) => `unsafe ${origin}`) } : policy;
}
