import type { Listening } from "../../applications/application.js";
import { serve } from "../../applications/application.js";
import { parseHeaderLine } from "../../http-client.js";
import type { Asked } from "./combination.js";

/** What it says of CORS. */
const UPSTREAM = ["Access-Control-Allow-Origin: *", "Access-Control-Allow-Credentials: true", "Vary: Accept"];

/** A server behind a proxy, with CORS headers of its own: `/missing` is a 404, all else is there. */
export function startUpstream(): Promise<Listening> {
  return serve((request, response) => {
    for (const line of UPSTREAM) response.appendHeader(...parseHeaderLine(line));
    response.statusCode = request.url === "/upstream/missing" ? 404 : 200;
    response.end("from upstream");
  });
}

const FOUND = { status: 200, own: UPSTREAM };
const MISSING = { status: 404, own: UPSTREAM };
const isAnsweredAtOnce = true;

/** What passes a proxy. */
export const PROXIED: readonly Asked[] = [
  { lines: ["GET /upstream/page"], ...FOUND, isAnsweredAtOnce, preflight: FOUND },
  { lines: ["GET /upstream/missing"], ...MISSING, isAnsweredAtOnce, preflight: MISSING },
];
