import type { IncomingMessage } from "node:http";
import type { CorsRequest } from "@corslang/runtime";

/** The four facts of a Node request. Node joins repeated lines of each of these headers with `, `. */
export function readNodeRequest(request: IncomingMessage): CorsRequest {
  const { headers } = request;
  return {
    method: request.method ?? "",
    origin: headers.origin,
    requestMethod: headers["access-control-request-method"],
    requestHeaders: headers["access-control-request-headers"],
  };
}
