import { type Matcher, refuseUnless } from "@corslang/runtime";
import { mountOnFetch } from "./fetch-mount.js";
import type { Options } from "./options.js";

export type { DecisionListener, DecisionReport, Options } from "./options.js";

/** A function from a request to its response, as Workers, Deno, Bun, Next.js route handlers and others call it. */
export type FetchHandler<Rest extends readonly unknown[]> = (
  request: Request,
  ...rest: Rest
) => Response | Promise<Response>;

/**
 * Wraps a Fetch-API handler in a policy. Preflights are answered without calling the handler; its other responses get
 * the policy's headers. What the handler throws passes through untouched.
 *
 * @param policy - A policy that a module written by cors-compile exports.
 * @param handler - The handler; arguments after the request are passed on.
 * @param options - See {@link Options}.
 * @throws TypeError at once when the policy, the handler or an option is not what it should be.
 *
 * @example
 * ```ts
 * import { account } from "./api.cors.mjs";
 * import { cors } from "@corslang/adapters/fetch";
 *
 * export default { fetch: cors(account, (request) => new Response("hello")) };
 * ```
 */
export function cors<Rest extends readonly unknown[]>(
  policy: Matcher,
  handler: FetchHandler<Rest>,
  options?: Options<Request>,
): FetchHandler<Rest> {
  const pass = mountOnFetch(policy, options);
  refuseUnless(typeof handler === "function", "cors: handler", handler);
  return (request, ...rest) => {
    const { status, report, finish } = pass(request, request, rest[0]);
    report();
    if (status !== null) return finish(new Response(null, { status }), true);
    const response = handler(request, ...rest);
    return "then" in response ? response.then((settled) => finish(settled)) : finish(response);
  };
}
