import type { CorsRequest, Header } from "../decision.js";

/** A server's response, as far as CORS looks at it. */
export interface ServerResponse {
  readonly status: number;
  readonly headers: readonly Header[];
}

/**
 * A server of another origin than the page's: for a request's four facts, the response.
 *
 * @example
 * ```ts
 * const open: Server = () => ({ status: 200, headers: [["Access-Control-Allow-Origin", "*"]] });
 * ```
 */
export type Server = (request: CorsRequest) => ServerResponse;
