/* The kinds of requests that are measured, and what a browser sends for them. */
import { createStringSource } from "./measure/fresh-strings.mjs";
import { HEADERS } from "./policies.mjs";

/** Nearly as many names as the language reads, allowed, in upper case and with white space: it fails at the last one. */
export const HOSTILE_HEADERS = `${[...HEADERS, ...HEADERS].map((name) => name.toUpperCase()).join(" ,")}${",".repeat(12)}x`;

/** What CORS looks at in a request of each kind; `origin` is the list that it is from. */
const KINDS = {
  allowed: { method: "GET", origin: "allowed" },
  denied: { method: "GET", origin: "denied" },
  "not CORS": { method: "GET", origin: null },
  "passed preflight": { method: "OPTIONS", origin: "allowed", headers: "authorization,content-type,x-request-id" },
  "failed preflight": { method: "OPTIONS", origin: "allowed", headers: "authorization,content-type,x-stranger" },
  "hostile preflight": { method: "OPTIONS", origin: "allowed", headers: HOSTILE_HEADERS },
};

export const KIND_NAMES = Object.keys(KINDS);

/** A source of fresh copies of one text; of `undefined` where there is none. */
function createTextSource(text) {
  return text === undefined ? () => undefined : createStringSource([text]);
}

/**
 * Makes requests of one kind, the four facts that an adapter reads, with fresh strings.
 *
 * @param {string} kind - Of {@link KIND_NAMES}.
 * @param {{ readonly allowed: readonly string[], readonly denied: readonly string[] }} list
 * @param {{ origin?: string, requestMethod?: string, requestHeaders?: string }} [facts] - In place of those of the kind.
 * @returns {() => import("@corslang/runtime").CorsRequest}
 */
export function createRequestSource(kind, list, facts = {}) {
  const { method, origin, headers } = KINDS[kind];
  const isFromList = origin !== null && facts.origin === undefined;
  const nextOrigin = isFromList ? createStringSource(list[origin]) : createTextSource(facts.origin);
  const nextMethod = createTextSource(facts.requestMethod ?? (headers === undefined ? undefined : "PUT"));
  const nextHeaders = createTextSource(facts.requestHeaders ?? headers);
  return () => ({
    // Not fresh: for this one, Node's parser has a table.
    method,
    origin: nextOrigin(),
    requestMethod: nextMethod(),
    requestHeaders: nextHeaders(),
  });
}

/** What browsers send beside that. Names and values as they arrive. */
const BROWSER_LINES = [
  ["Host", "api.example.com"],
  ["User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"],
  ["Accept", "application/json"],
  ["Accept-Language", "en-US,en;q=0.5"],
  ["Accept-Encoding", "gzip, deflate, br, zstd"],
  ["Connection", "keep-alive"],
];

/** The header lines of a request, names and values in turn, all fresh. */
export function createLinesSource(kind, list, facts) {
  const nextRequest = createRequestSource(kind, list, facts);
  const sources = BROWSER_LINES.flat().map((text) => createStringSource([text]));
  return () => {
    const { method, origin, requestMethod, requestHeaders } = nextRequest();
    const lines = sources.map((next) => next());
    if (origin !== undefined) lines.push("Origin", origin);
    if (requestMethod !== undefined) lines.push("Access-Control-Request-Method", requestMethod);
    if (requestHeaders !== undefined) lines.push("Access-Control-Request-Headers", requestHeaders);
    return { method, lines };
  };
}

/** A request as it goes over the wire. */
export function writeRequest(kind, list, facts) {
  const { method, lines } = createLinesSource(kind, list, facts)();
  let text = `${method} / HTTP/1.1\r\n`;
  for (let index = 0; index < lines.length; index += 2) text += `${lines[index]}: ${lines[index + 1]}\r\n`;
  return `${text}\r\n`;
}
