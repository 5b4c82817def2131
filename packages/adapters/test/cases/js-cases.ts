import { readFileSync } from "node:fs";
import type { RequestLines } from "./judged-answer.js";

/** An answer as far as a case says what it is. */
export interface PartOfAnswer {
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly absent: readonly string[];
}

/** A middleware's options, in one form for all of them. What we have no word for is only named. */
export interface JsPolicy {
  readonly origins?: {
    readonly kind: "any" | "none" | "fixed" | "list" | "reflect" | "pattern" | "callback";
    readonly value?: string;
    readonly values?: readonly string[];
    readonly patterns?: readonly string[];
  };
  readonly methods?: readonly string[] | object;
  readonly allowHeaders?: readonly string[] | string;
  readonly exposeHeaders?: readonly string[] | string;
  readonly credentials?: boolean;
  readonly maxAge?: number | string;
}

/** A request to an application with a middleware for Node, and its answer. */
export interface JsCase {
  readonly id: string;
  readonly library: string;
  readonly title: string;
  readonly policy: JsPolicy & Readonly<Record<string, unknown>>;
  readonly request: RequestLines;
  readonly handler: Readonly<Record<string, unknown>>;
  readonly answer: PartOfAnswer;
  /** What would be right, and why the answer above is not. */
  readonly recommended?: PartOfAnswer;
  readonly wrong?: string;
}

/** What the tests of cors 2.8.6, @fastify/cors 11.4.3, @koa/cors 5.0.0 and Hono ask of them. */
export const jsCases: readonly JsCase[] = JSON.parse(
  readFileSync(new URL("../fixtures/js-cases.json", import.meta.url), "utf8"),
);
