import { isToken } from "./characters.js";
import type { CorsHeaderName, CorsRequest, Decision, Denial, Header, Outcome } from "./decision.js";
import { Limit } from "./limits.js";
import { loadPolicy } from "./load-policy.js";
import { createOriginSearch, parseOrigin } from "./origin.js";
import { type CompiledPolicy, POLICY_VERSION } from "./policy.js";
import { createRequestHeadersTest } from "./request-headers.js";

/**
 * A policy, ready to decide. Adapters take one; generated modules export them. It is recognised by its structure (a
 * `version` and these methods), never by `instanceof`, so that copies of this package can live side by side.
 */
export interface Matcher {
  readonly version: typeof POLICY_VERSION;
  /** The policy that it decides by, frozen. */
  readonly policy: CompiledPolicy;
  /**
   * Decides a request. The answer is shared and frozen; nothing of the request is kept.
   *
   * @param debug - With `true` a failed preflight is answered with 204 and the headers that it earned up to the failing
   * step, so that the browser's console names the step. It discloses the policy: for development.
   */
  readonly decide: (request: CorsRequest, debug?: boolean) => Decision;
  /** The item of the policy's `origins` that allows an origin; `null` when none does. */
  readonly findOrigin: (origin: string) => string | null;
  /** Why a request is denied; `null` when it is not. Costs more than `decide`: for logs and tests. */
  readonly explain: (request: CorsRequest) => Denial | null;
}

/**
 * Makes a matcher of a compiled policy.
 *
 * @param policy - A {@link CompiledPolicy}; data from elsewhere is checked in full.
 * @throws TypeError when the data is of another version or damaged.
 *
 * @example
 * ```ts
 * const matcher = createMatcher({ version: 1, name: "default", origins: ["https://app.example.com"], methods: [],
 *   headers: [], expose: [], credentials: false, maxAge: null });
 * matcher.decide({ method: "GET", origin: "https://app.example.com", requestMethod: null, requestHeaders: null })
 *   .outcome; // "actual-allowed"
 * ```
 */
export function createMatcher(policy: CompiledPolicy): Matcher {
  const loaded = loadPolicy(policy);
  const { origins, methods, headers, expose, credentials, maxAge } = loaded;

  const anyOrigin = origins === "*";
  const findOrigin = anyOrigin ? () => origins : createOriginSearch(origins);
  // Beside the list, the CORS-safelisted methods (Fetch Standard): no list can take them away, and browsers do preflight
  // them at times. Where `*` stands for all, it goes in as the one name that it looks like, and is never asked for.
  const allowedMethods = ["GET", "HEAD", "POST", ...methods];
  const findRefusedName = createRequestHeadersTest(headers);

  const allowOrigin = anyOrigin ? "*" : "request-origin";
  const vary = anyOrigin ? "" : "Origin";
  // For intermediaries that cache OPTIONS against RFC 9110, 9.3.7; browsers do not look at it.
  const preflightVary = `${anyOrigin ? "" : "Origin, "}Access-Control-Request-Method, Access-Control-Request-Headers`;

  /** The text of a list is its items joined by commas, that of `*` is `*`. What has no text is not sent. */
  function prepare(
    outcome: Outcome,
    status: Decision["status"],
    headers?: Partial<Record<CorsHeaderName, unknown>>,
  ): Decision {
    return Object.freeze({
      outcome,
      status,
      allowOrigin: headers ? allowOrigin : null,
      // The cast holds: names and values in pairs.
      headers: Object.freeze(
        Object.entries(headers ?? {})
          .map((header) => Object.freeze(header.map(String)))
          .filter((header) => header[1]) as unknown as Header[],
      ),
      vary: status ? preflightVary : vary,
    });
  }

  const atOrigin = { "Access-Control-Allow-Credentials": credentials || "" };
  // `*` alone would leave Authorization unclear: the Standard excludes it, today's browsers include it.
  const atHeaders = {
    ...atOrigin,
    "Access-Control-Allow-Methods": methods,
    "Access-Control-Allow-Headers": headers === "*" ? "*,authorization" : headers,
  };
  const actual = { ...atOrigin, "Access-Control-Expose-Headers": expose };
  // With any origin the headers go out without an Origin as well: a cached copy must serve CORS requests too.
  const notCors = prepare("not-cors", null, anyOrigin ? actual : undefined);
  const actualAllowed = prepare("actual-allowed", null, actual);
  const actualDenied = prepare("actual-denied", null);
  const passed = prepare("preflight-passed", 204, { ...atHeaders, "Access-Control-Max-Age": maxAge ?? "" });
  const failed = prepare("preflight-failed", 403);
  const failedAtOrigin = prepare("preflight-failed", 204);
  const failedAtMethod = prepare("preflight-failed", 204, atOrigin);
  // With the list, the console names the header that is missing, and not the first of all.
  const failedAtHeaders = prepare("preflight-failed", 204, atHeaders);

  // The one decision; the two below say less, or more, about what it came to.
  function judge({ method, origin, requestMethod, requestHeaders }: CorsRequest): Decision {
    if (origin == null) return notCors;
    const isOriginAllowed = findOrigin(origin);
    if (method !== "OPTIONS" || requestMethod == null) return isOriginAllowed ? actualAllowed : actualDenied;
    if (!isOriginAllowed) return failedAtOrigin;
    if (methods !== "*" && !allowedMethods.includes(requestMethod)) return failedAtMethod;
    const areHeadersAllowed = headers === "*" || requestHeaders == null || findRefusedName(requestHeaders, 0) === "";
    return areHeadersAllowed ? passed : failedAtHeaders;
  }

  function decide(request: CorsRequest, debug?: boolean): Decision {
    const decision = judge(request);
    return debug === true || decision.outcome !== "preflight-failed" ? decision : failed;
  }

  function explain(request: CorsRequest): Denial | null {
    // The cast holds: what a request has not is not what it is denied for.
    const { origin, requestMethod, requestHeaders } = request as Readonly<Record<keyof CorsRequest, string>>;
    switch (judge(request)) {
      case actualDenied:
      case failedAtOrigin:
        return { reason: origin === "null" || parseOrigin(origin) ? "origin-not-allowed" : "origin-malformed" };
      case failedAtMethod: {
        const isWellFormed = requestMethod.length <= Limit.LONGEST_REPORTED_NAME && isToken(requestMethod);
        return { reason: isWellFormed ? "method-not-allowed" : "method-malformed" };
      }
      case failedAtHeaders: {
        const name = findRefusedName(requestHeaders, Limit.LONGEST_REPORTED_NAME);
        return name ? { reason: "header-not-allowed", name } : { reason: "headers-malformed" };
      }
    }
    return null;
  }

  return Object.freeze({ version: POLICY_VERSION, policy: loaded, decide, findOrigin, explain });
}
