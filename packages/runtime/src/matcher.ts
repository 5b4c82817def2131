import { type CorsRequest, type Decision, type Denial, HEADER, type Header } from "./decision.js";
import { loadPolicy } from "./load-policy.js";
import { createOriginTest, isWellFormedOrigin } from "./origin.js";
import { type CompiledPolicy, POLICY_VERSION } from "./policy.js";
import { createRequestHeadersTest, findRefusedHeader, isToken } from "./request-headers.js";

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

/** CORS-safelisted methods (Fetch Standard): no list can take them away, and browsers do preflight them at times. */
const SAFELISTED_METHODS = ["GET", "HEAD", "POST"];

/** A longer method is called malformed when a reason is asked for. */
const LONGEST_REPORTED_METHOD = 128;

function freezeDecision(
  outcome: Decision["outcome"],
  status: Decision["status"],
  allowOrigin: Decision["allowOrigin"],
  headers: readonly (Header | null)[],
  vary: readonly string[],
): Decision {
  const present = headers.filter((header) => header !== null).map((header) => Object.freeze(header));
  return Object.freeze({
    outcome,
    status,
    allowOrigin,
    headers: Object.freeze(present),
    vary: Object.freeze(vary),
  });
}

/** A header whose value is the list; none for an empty list. `*` is not joined but has a value of its own. */
function listHeader(name: string, list: "*" | readonly string[], valueOfStar: string): Header | null {
  if (list === "*") return [name, valueOfStar];
  return list.length > 0 ? [name, list.join(",")] : null;
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
  const allowsOrigin = anyOrigin ? () => true : createOriginTest(origins);
  const allowedMethods = new Set(methods === "*" ? [] : [...SAFELISTED_METHODS, ...methods]);
  const allowsMethod = (method: string) => methods === "*" || allowedMethods.has(method);
  const allowsNames = headers === "*" ? () => true : createRequestHeadersTest(headers);
  const allowsHeaders = (value: CorsRequest["requestHeaders"]) => value == null || allowsNames(value);

  const allowOrigin = anyOrigin ? "*" : "request-origin";
  const allowCredentials: Header | null = credentials ? [HEADER.allowCredentials, "true"] : null;
  const exposeHeaders = listHeader(HEADER.exposeHeaders, expose, "*");
  const allowMethods = listHeader(HEADER.allowMethods, methods, "*");
  // `*` alone would leave Authorization unclear: the Standard excludes it, today's browsers include it.
  const allowHeaders = listHeader(HEADER.allowHeaders, headers, "*,authorization");
  const maxAgeHeader: Header | null = maxAge === null ? null : [HEADER.maxAge, String(maxAge)];

  const vary = anyOrigin ? [] : ["Origin"];
  // For intermediaries that cache OPTIONS against RFC 9110, 9.3.7; browsers do not look at it.
  const preflightVary = [...vary, "Access-Control-Request-Method", "Access-Control-Request-Headers"];

  // With any origin the headers go out without an Origin as well: a cached copy must serve CORS requests too.
  const notCors = freezeDecision("not-cors", null, anyOrigin ? "*" : null, anyOrigin ? [exposeHeaders] : [], vary);
  const actualAllowed = freezeDecision("actual-allowed", null, allowOrigin, [allowCredentials, exposeHeaders], vary);
  const actualDenied = freezeDecision("actual-denied", null, null, [], vary);
  const passed = freezeDecision(
    "preflight-passed",
    204,
    allowOrigin,
    [allowCredentials, allowMethods, allowHeaders, maxAgeHeader],
    preflightVary,
  );
  const failed = freezeDecision("preflight-failed", 403, null, [], preflightVary);
  const failedAtOrigin = freezeDecision("preflight-failed", 204, null, [], preflightVary);
  const failedAtMethod = freezeDecision("preflight-failed", 204, allowOrigin, [allowCredentials], preflightVary);
  const failedAtHeaders = freezeDecision(
    "preflight-failed",
    204,
    allowOrigin,
    [allowCredentials, allowMethods],
    preflightVary,
  );

  function decide(request: CorsRequest): Decision {
    const { origin, requestMethod } = request;
    if (origin == null) return notCors;
    if (request.method !== "OPTIONS" || requestMethod == null) {
      return allowsOrigin(origin) ? actualAllowed : actualDenied;
    }
    return allowsOrigin(origin) && allowsMethod(requestMethod) && allowsHeaders(request.requestHeaders)
      ? passed
      : failed;
  }

  function explain(request: CorsRequest): Denial | null {
    const { origin, requestMethod, requestHeaders } = request;
    if (origin == null) return null;
    if (!allowsOrigin(origin)) {
      const wellFormed = origin === "null" || isWellFormedOrigin(origin);
      return { reason: wellFormed ? "origin-not-allowed" : "origin-malformed" };
    }
    if (request.method !== "OPTIONS" || requestMethod == null) return null;
    if (!allowsMethod(requestMethod)) {
      const wellFormed = requestMethod.length <= LONGEST_REPORTED_METHOD && isToken(requestMethod);
      return { reason: wellFormed ? "method-not-allowed" : "method-malformed" };
    }
    if (headers === "*" || requestHeaders == null || allowsHeaders(requestHeaders)) return null;
    const name = findRefusedHeader(requestHeaders, headers);
    return name === null ? { reason: "headers-malformed" } : { reason: "header-not-allowed", name };
  }

  function decideForDebugging(request: CorsRequest): Decision {
    const decision = decide(request);
    if (decision !== failed) return decision;
    const reason = explain(request)?.reason ?? "";
    if (reason.startsWith("origin")) return failedAtOrigin;
    return reason.startsWith("method") ? failedAtMethod : failedAtHeaders;
  }

  return Object.freeze({ version: POLICY_VERSION, policy: loaded, decide, decideForDebugging, explain });
}
