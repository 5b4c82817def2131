/** A request, reduced to the four facts that CORS looks at. Absent headers are `undefined` or `null`. */
export interface CorsRequest {
  /** The method as received, case and all. */
  readonly method: string;
  /** The value of `Origin`. */
  readonly origin: string | undefined | null;
  /** The value of `Access-Control-Request-Method`. */
  readonly requestMethod: string | undefined | null;
  /** The value of `Access-Control-Request-Headers`; several lines joined by commas. */
  readonly requestHeaders: string | undefined | null;
}

/**
 * What a request turned out to be, and how the policy sees it:
 * - `not-cors`: no `Origin`;
 * - `actual-allowed`, `actual-denied`: has `Origin` and is no preflight;
 * - `preflight-passed`, `preflight-failed`: `OPTIONS` with `Origin` and `Access-Control-Request-Method`.
 */
export type Outcome = "not-cors" | "actual-allowed" | "actual-denied" | "preflight-passed" | "preflight-failed";

/** A header's name and value. */
export type Header = readonly [name: string, value: string];

/** How to answer a request. Frozen, and shared by all requests that are answered alike. */
export interface Decision {
  readonly outcome: Outcome;
  /** The status to answer with at once, with an empty body, as preflights are; `null`: the handler runs. */
  readonly status: 204 | 403 | null;
  /**
   * What `Access-Control-Allow-Origin` says. `"request-origin"` is the value of the request's own `Origin`, which then
   * has been found well-formed and allowed; it is the only text of a request that ever goes into an answer.
   */
  readonly allowOrigin: "*" | "request-origin" | null;
  /** All other `Access-Control-*` headers of the answer. Any of these headers that is not here must not be sent. */
  readonly headers: readonly Header[];
  /** What to merge into `Vary`; the empty string where there is nothing. */
  readonly vary: string;
}

/** Why a request is denied. */
export type Denial =
  | {
      readonly reason:
        | "origin-not-allowed"
        | "origin-malformed"
        | "method-not-allowed"
        | "method-malformed"
        | "headers-malformed";
    }
  | {
      readonly reason: "header-not-allowed";
      /** The first name that the policy does not list, in lower case. */
      readonly name: string;
    };

/** The codes of all reasons for a denial. */
export type DenialReason = Denial["reason"];

/** The response headers of CORS, as the Fetch Standard writes them. */
export const HEADER = /* @__PURE__ */ Object.freeze({
  allowOrigin: "Access-Control-Allow-Origin",
  allowCredentials: "Access-Control-Allow-Credentials",
  allowMethods: "Access-Control-Allow-Methods",
  allowHeaders: "Access-Control-Allow-Headers",
  exposeHeaders: "Access-Control-Expose-Headers",
  maxAge: "Access-Control-Max-Age",
} as const);

/** A name of {@link HEADER}. With this type a literal can't be misspelt, and bundles need not carry the object. */
export type CorsHeaderName = (typeof HEADER)[keyof typeof HEADER];
