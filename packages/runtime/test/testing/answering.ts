import type { Header } from "../../src/index.js";
import { type BrowserRequest, expectServer, type ServerAnswer } from "../../src/testing.js";

export const APP = "https://app.example.com";
export const API = "https://api.example.com/orders";
export const ALLOW_ORIGIN: Header = ["Access-Control-Allow-Origin", APP];
export const ALLOW_PUT: Header = ["Access-Control-Allow-Methods", "PUT"];

/** A status, and headers. */
export type Answer = readonly [status: number, ...headers: readonly Header[]];

/** A server that gives one answer to preflights and one to other requests, and what it is asked. */
export function answering(preflight: Answer, actual: Answer = [200, ALLOW_ORIGIN]) {
  const asked: BrowserRequest[] = [];
  const send = async (request: BrowserRequest): Promise<ServerAnswer> => {
    asked.push(request);
    const [status, ...headers] = request.headers["access-control-request-method"] ? preflight : actual;
    return { status, headers };
  };
  return { asked, page: expectServer(send).from(APP) };
}
