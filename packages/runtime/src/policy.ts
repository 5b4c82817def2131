/** The version of the compiled policy's format that this package reads. */
export const POLICY_VERSION = 1;

interface PolicyBase {
  /** Says how to read the rest. A reader refuses versions that it does not know. */
  readonly version: typeof POLICY_VERSION;
  /** The policy's name in its `.cors` file; `default` for the top-level policy. */
  readonly name: string;
  /** `Access-Control-Max-Age` in seconds, 0 to 86400; `null` sends no such header. */
  readonly maxAge: number | null;
}

/** A policy for requests without cookies. Only here may a list be `"*"`. */
export interface AnonymousPolicy extends PolicyBase {
  readonly credentials: false;
  /**
   * `"*"`, or origin patterns as the language writes them: `https://example.com`, `https://*.example.com`,
   * `https://preview-*.example.dev`, `http://localhost:*`, `null`.
   */
  readonly origins: "*" | readonly string[];
  /** `"*"`, or methods beside the CORS-safelisted GET, HEAD and POST, which always pass. Order and case as written. */
  readonly methods: "*" | readonly string[];
  /** Request-header names in lower case, in the order of the file; `"*"` means every name, `authorization` included. */
  readonly headers: "*" | readonly string[];
  /** Response-header names that scripts may read, as written. */
  readonly expose: "*" | readonly string[];
}

/** A policy for requests with cookies: browsers take `*` for a literal name then, so no list can be `"*"`. */
export interface CredentialedPolicy extends PolicyBase {
  readonly credentials: true;
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly expose: readonly string[];
}

/**
 * A policy as `cors-compile` emits it: plain JSON-safe data, everything resolved and checked.
 *
 * @example
 * ```ts
 * const policy: CompiledPolicy = {
 *   version: 1,
 *   name: "default",
 *   origins: ["https://app.example.com"],
 *   methods: ["PUT"],
 *   headers: ["content-type"],
 *   expose: [],
 *   credentials: true,
 *   maxAge: 600,
 * };
 * ```
 */
export type CompiledPolicy = AnonymousPolicy | CredentialedPolicy;
