import type { ServerResponse } from "../browser/server.js";
import { type HeadersLike, readHeaderLines } from "./header-lines.js";

/**
 * What a server answered, in any shape that has a status and headers: a `Response`, the answer of Fastify's `inject` or
 * of supertest, Node's `IncomingMessage`.
 */
export interface ServerAnswer {
  readonly status?: number | undefined;
  readonly statusCode?: number | undefined;
  readonly headers: HeadersLike;
}

/**
 * Reads what CORS looks at of an answer.
 *
 * @throws TypeError when it is not one, which most often means that `send` lacks a `return`.
 */
export function readAnswer(answer: ServerAnswer): ServerResponse {
  // Object() lets undefined be asked as well.
  const { statusCode, status = statusCode, headers }: Partial<ServerAnswer> = Object(answer);
  if (typeof status !== "number" || typeof headers !== "object" || headers === null) {
    throw new TypeError(
      `expectServer: send has to return the answer, with status (or statusCode) and headers, not ${Object.prototype.toString.call(answer)}`,
    );
  }
  return { status, headers: readHeaderLines(headers) };
}
