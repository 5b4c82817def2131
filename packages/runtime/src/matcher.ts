import { isToken } from "./characters.js";
import { type CorsRequest, type Decision, type Denial, HEADER, type Header } from "./decision.js";
import { LONGEST_REPORTED_NAME } from "./limits.js";
import { loadPolicy } from "./load-policy.js";
import { createOriginTest, parseOrigin } from "./origin.js";
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
  /** Decides a request. The answer is shared and frozen; nothing of the request is kept. */
  readonly decide: (request: CorsRequest) => Decision;
  /**
   * As `decide`, but a failed preflight is answered with 204 and the headers that it earned up to the failing step, so
   * that the browser's console names the step. It discloses the policy: for development.
   */
  readonly decideForDebugging: (request: CorsRequest) => Decision;
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
  // Where `*` stands for all, it goes in here as the one name that it looks like, and nothing is ever compared with it.
  const allowsOrigin = createOriginTest(origins);
  // Beside the list, the CORS-safelisted methods (Fetch Standard): no list can take them away, and browsers do preflight
  // them at times.
  const allowedMethods = new Set(["GET", "HEAD", "POST", ...methods]);
  const [allowsNames, findRefusedName] = createRequestHeadersTest(headers);

  const allowOrigin = anyOrigin ? "*" : "request-origin";
  // The text of a list is its items joined by commas, that of `*` is `*`. What has no text is not sent.
  const allowCredentials: Header = [HEADER.allowCredentials, credentials ? "true" : ""];
  const exposeHeaders: Header = [HEADER.exposeHeaders, String(expose)];
  const allowMethods: Header = [HEADER.allowMethods, String(methods)];
  // `*` alone would leave Authorization unclear: the Standard excludes it, today's browsers include it.
  const allowHeaders: Header = [HEADER.allowHeaders, headers === "*" ? "*,authorization" : String(headers)];
  const maxAgeHeader: Header = [HEADER.maxAge, String(maxAge ?? "")];

  const vary = anyOrigin ? [] : ["Origin"];
  // For intermediaries that cache OPTIONS against RFC 9110, 9.3.7; browsers do not look at it.
  const preflightVary = [...vary, "Access-Control-Request-Method", "Access-Control-Request-Headers"];

  function freezeDecision(
    outcome: Decision["outcome"],
    status: Decision["status"],
    allowOrigin: Decision["allowOrigin"] = null,
    ...headers: readonly Header[]
  ): Decision {
    return Object.freeze({
      outcome,
      status,
      allowOrigin,
      headers: Object.freeze(headers.filter(([, value]) => value).map((header) => Object.freeze(header))),
      vary: Object.freeze(status === null ? vary : preflightVary),
    });
  }

  // With any origin the headers go out without an Origin as well: a cached copy must serve CORS requests too.
  const notCors = anyOrigin ? freezeDecision("not-cors", null, "*", exposeHeaders) : freezeDecision("not-cors", null);
  const actualAllowed = freezeDecision("actual-allowed", null, allowOrigin, allowCredentials, exposeHeaders);
  const actualDenied = freezeDecision("actual-denied", null);
  const passed = freezeDecision(
    "preflight-passed",
    204,
    allowOrigin,
    allowCredentials,
    allowMethods,
    allowHeaders,
    maxAgeHeader,
  );
  const failed = freezeDecision("preflight-failed", 403);
  const failedAtOrigin = freezeDecision("preflight-failed", 204);
  const failedAtMethod = freezeDecision("preflight-failed", 204, allowOrigin, allowCredentials);
  const failedAtHeaders = freezeDecision("preflight-failed", 204, allowOrigin, allowCredentials, allowMethods);

  // The one decision; the other two say less, or more, about what it came to.
  function decideForDebugging({ method, origin, requestMethod, requestHeaders }: CorsRequest): Decision {
    if (origin == null) return notCors;
    const isOriginAllowed = anyOrigin || allowsOrigin(origin);
    if (method !== "OPTIONS" || requestMethod == null) return isOriginAllowed ? actualAllowed : actualDenied;
    if (!isOriginAllowed) return failedAtOrigin;
    if (methods !== "*" && !allowedMethods.has(requestMethod)) return failedAtMethod;
    return headers === "*" || requestHeaders == null || allowsNames(requestHeaders) ? passed : failedAtHeaders;
  }

  function decide(request: CorsRequest): Decision {
    const decision = decideForDebugging(request);
    return decision.outcome === "preflight-failed" ? failed : decision;
  }

  function explain(request: CorsRequest): Denial | null {
    const { origin, requestMethod, requestHeaders } = request;
    const decision = decideForDebugging(request);
    if (origin != null && decision.allowOrigin === null) {
      const isWellFormed = origin === "null" || parseOrigin(origin) !== null;
      return { reason: isWellFormed ? "origin-not-allowed" : "origin-malformed" };
    }
    if (requestMethod != null && decision === failedAtMethod) {
      const isWellFormed = requestMethod.length <= LONGEST_REPORTED_NAME && isToken(requestMethod);
      return { reason: isWellFormed ? "method-not-allowed" : "method-malformed" };
    }
    if (requestHeaders != null && decision === failedAtHeaders) {
      const name = findRefusedName(requestHeaders);
      return name === null ? { reason: "headers-malformed" } : { reason: "header-not-allowed", name };
    }
    return null;
  }

  return Object.freeze({ version: POLICY_VERSION, policy: loaded, decide, decideForDebugging, explain });
}
