import type { IncomingMessage, ServerResponse } from "node:http";

/** A middleware of Nest's that refuses everybody without a token, preflights included. */
export function requireLogin(request: IncomingMessage, response: ServerResponse, next: () => void) {
  if (request.headers.authorization) return next();
  response.statusCode = 401;
  response.end();
}
