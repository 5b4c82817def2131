import type { ServerResponse } from "node:http";

/** What a handler answers, whatever the framework. */
export interface Handler {
  readonly path: string;
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** How it writes its headers; only Node responses have more ways than one. */
  readonly write: "header by header" | "writeHead with an object" | "writeHead with a list" | "throws";
}

const OWN_CORS = [
  ["Access-Control-Allow-Origin", "https://evil.example"],
  ["Access-Control-Allow-Credentials", "true"],
  ["Access-Control-Allow-Methods", "PATCH"],
  ["Access-Control-Allow-Headers", "x-own"],
  ["Access-Control-Expose-Headers", "x-own"],
  ["Access-Control-Max-Age", "1"],
  ["Access-Control-Allow-Private-Network", "true"],
] as const;

const COOKIES = [
  ["Set-Cookie", "a=1"],
  ["Set-Cookie", "b=2"],
] as const;

/** The paths of the applications. All of them take every method, OPTIONS too; `/missing` is not here. */
export const HANDLERS: readonly Handler[] = [
  { path: "/resource", status: 200, headers: [], write: "header by header" },
  {
    path: "/own-vary",
    status: 200,
    headers: [["Vary", "Accept-Encoding, Accept"]],
    write: "header by header",
  },
  { path: "/own-vary-origin", status: 200, headers: [["Vary", "origin, Accept"]], write: "header by header" },
  { path: "/own-vary-star", status: 200, headers: [["Vary", "*"]], write: "header by header" },
  {
    path: "/write-head-object",
    status: 201,
    headers: [["Vary", "Accept"], ...COOKIES],
    write: "writeHead with an object",
  },
  {
    path: "/write-head-list",
    status: 201,
    headers: [["Vary", "Accept"], ["Vary", "Cookie"], ...COOKIES],
    write: "writeHead with a list",
  },
  { path: "/write-head-cors", status: 200, headers: OWN_CORS, write: "writeHead with an object" },
  { path: "/own-cors", status: 200, headers: OWN_CORS, write: "header by header" },
  {
    path: "/cookies",
    status: 200,
    headers: [
      ["Set-Cookie", "a=1; Path=/"],
      ["Set-Cookie", "b=2; HttpOnly"],
    ],
    write: "header by header",
  },
  { path: "/redirect", status: 302, headers: [["Location", "/resource"]], write: "header by header" },
  { path: "/no-content", status: 204, headers: [], write: "header by header" },
  { path: "/not-modified", status: 304, headers: [["ETag", '"1"']], write: "header by header" },
  { path: "/failure", status: 500, headers: [], write: "throws" },
];

/** The path that takes these methods only. */
export const WITHOUT_OPTIONS = { path: "/without-options", methods: ["GET", "PUT"] } as const;

/** The methods that handlers take. */
export const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

/** The headers as an object; values of a repeated name in a list. */
export function headersAsObject({ headers }: Handler): Record<string, string | string[]> {
  const object: Record<string, string | string[]> = {};
  for (const [name, value] of headers) {
    object[name] = name in object ? [object[name] ?? [], value].flat() : value;
  }
  return object;
}

/** Gives `writeHead` the handler's headers in the handler's way, and ends the response. */
export function writeHead(response: ServerResponse, handler: Handler): void {
  const headers = handler.write === "writeHead with a list" ? handler.headers.flat() : headersAsObject(handler);
  response.writeHead(handler.status, headers).end("handled");
}
