/* What `cors-compile explain` says of what scripts do in the exchanges. */

import { createMemoryHost } from "@corslang/dsl";
import { checkFiles } from "../../packages/dsl/src/compile.js";
import { explain } from "../../packages/dsl/src/explain/explain.js";
import type { Explanation } from "../../packages/dsl/src/explain/explanation.js";
import type { BrowserName, Exchange, Step } from "./exchanges/exchange.js";
import { toPageRequest } from "./model.js";
import { policyOf, source } from "./policies.js";

const PATH = "policies.cors";

const host = createMemoryHost({ [PATH]: source });
const checked = checkFiles([PATH], host);

/** Whether an exchange is one that can be explained: requests by themselves, as the browser does them by the Standard. */
export function isExplained({ beyondModel, differences }: Exchange, browser?: BrowserName): boolean {
  return beyondModel === undefined && (browser === undefined || differences?.[browser]?.outcomes === undefined);
}

/**
 * Explains a step of an exchange by the policy that it is about.
 *
 * @param reads - Names of response headers that the script reads.
 */
export function explainStep(exchange: Exchange, step: Step, reads: readonly string[]): Explanation {
  const page = toPageRequest({ ...exchange, steps: [step] });
  const { name } = policyOf(exchange.mount).policy;
  const explanation = explain({ page, reads }, { checked, policyName: name, profile: null, host });
  if (!explanation) throw new Error(`fixtures/policies.cors has no policy ${name}, or does not compile`);
  return explanation;
}
