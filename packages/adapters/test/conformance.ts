import type { CompiledPolicy } from "@corslang/runtime";
import { actualExchanges } from "./exchanges/actual.js";
import { failedPreflightExchanges } from "./exchanges/failed-preflights.js";
import { handlerExchanges } from "./exchanges/handlers.js";
import { originExchanges } from "./exchanges/origins.js";
import { passedPreflightExchanges } from "./exchanges/passed-preflights.js";
import { requestHeadersExchanges } from "./exchanges/request-headers.js";

/** A request to an application under a policy, and the one right answer, written from docs/language.md by hand. */
export interface Exchange {
  readonly name: string;
  readonly policy: CompiledPolicy;
  /** Whether the policy is mounted with `debug: true`. */
  readonly debug?: true;
  /** `METHOD /path`, then header lines. What the paths do is said in applications/handlers.ts. */
  readonly request: readonly [requestLine: string, ...headerLines: string[]];
  readonly status: number;
  /** All lines of `Access-Control-*`, Vary and Set-Cookie, and no others; the order of lines and in Vary is free. */
  readonly headers: readonly string[];
  readonly handlerRan: boolean;
}

/** What every adapter on every framework has to do alike. */
export const exchanges: readonly Exchange[] = [
  ...actualExchanges,
  ...passedPreflightExchanges,
  ...failedPreflightExchanges,
  ...originExchanges,
  ...requestHeadersExchanges,
  ...handlerExchanges,
];
