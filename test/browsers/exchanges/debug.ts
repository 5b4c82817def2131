import type { Exchange } from "./exchange.js";

/** What the browser's console says of preflights that fail, with `debug` and without. */
export const debugExchanges: readonly Exchange[] = [
  {
    name: "debug: the console names the method",
    mount: "account-debug",
    steps: [{ method: "QUERY", outcome: "unreadable" }],
    sent: ["OPTIONS for QUERY"],
    console: {
      chromium: "Method QUERY is not allowed by Access-Control-Allow-Methods in preflight response.",
      firefox: "(Reason: Did not find method in CORS header ‘Access-Control-Allow-Methods’)",
    },
  },
  {
    name: "debug: the console names the header",
    mount: "account-debug",
    steps: [{ headers: [["X-Unlisted", "1"]], outcome: "unreadable" }],
    sent: ["OPTIONS for GET with x-unlisted"],
    console: {
      chromium: "Request header field x-unlisted is not allowed by Access-Control-Allow-Headers in preflight response.",
      firefox: "(Reason: header ‘x-unlisted’ is not allowed according to header ‘Access-Control-Allow-Headers’",
    },
  },
  {
    name: "debug: the console names the header beside one that is listed",
    mount: "account-debug",
    steps: [
      {
        method: "PUT",
        headers: [
          ["X-Request-Id", "1"],
          ["X-Unlisted", "1"],
        ],
        credentials: "include",
        outcome: "unreadable",
      },
    ],
    sent: ["OPTIONS for PUT with x-request-id,x-unlisted"],
    console: {
      chromium: "Request header field x-unlisted is not allowed by Access-Control-Allow-Headers in preflight response.",
      firefox: "(Reason: header ‘x-unlisted’ is not allowed according to header ‘Access-Control-Allow-Headers’",
    },
  },
  {
    name: "debug: the console says that the origin is not allowed",
    mount: "account-debug",
    steps: [{ page: "https://evil.test", method: "PUT", outcome: "unreadable" }],
    sent: ["OPTIONS for PUT"],
    console: {
      chromium: "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
      firefox: "(Reason: CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 204.",
    },
  },
  {
    name: "debug: what is allowed stays so",
    mount: "account-debug",
    steps: [{ method: "PUT", credentials: "include", outcome: "readable" }],
    sent: ["OPTIONS for PUT", "PUT"],
  },
  {
    name: "without debug, the console names no method",
    mount: "account",
    steps: [{ method: "QUERY", outcome: "unreadable" }],
    sent: ["OPTIONS for QUERY"],
    console: {
      chromium: "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
      firefox: "(Reason: CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 403.",
    },
  },
  {
    name: "the console says that credentials are not allowed",
    mount: "plain",
    steps: [{ credentials: "include", outcome: "unreadable" }],
    sent: ["GET"],
    console: {
      chromium: "The value of the 'Access-Control-Allow-Credentials' header in the response is ''",
      firefox: "(Reason: expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’)",
    },
  },
  {
    name: "the console says that a star is not enough for credentials",
    mount: "public",
    steps: [{ credentials: "include", outcome: "unreadable" }],
    sent: ["GET"],
    console: {
      chromium: "must not be the wildcard '*' when the request's credentials mode is 'include'",
      firefox: "(Reason: Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’)",
    },
  },
];
