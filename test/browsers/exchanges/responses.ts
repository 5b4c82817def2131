import type { Exchange } from "./exchange.js";

const SAFELISTED = ["cache-control", "content-language", "content-type"] as const;

/** What pages see of responses: exposed headers, error pages, streams, and what an application says of CORS itself. */
export const responseExchanges: readonly Exchange[] = [
  {
    name: "no header is exposed: the safelisted ones are readable",
    mount: "plain",
    steps: [{ outcome: "readable", readsHeaders: SAFELISTED, lacksHeaders: ["etag", "x-total", "x-secret", "vary"] }],
    sent: ["GET"],
  },
  {
    name: "headers that are exposed",
    mount: "account",
    steps: [
      { outcome: "readable", readsHeaders: [...SAFELISTED, "etag", "x-total"], lacksHeaders: ["x-secret", "date"] },
    ],
    sent: ["GET"],
  },
  {
    name: "headers that are exposed, with credentials",
    mount: "account",
    steps: [
      { credentials: "include", outcome: "readable", readsHeaders: ["etag", "x-total"], lacksHeaders: ["x-secret"] },
    ],
    sent: ["GET"],
  },
  {
    name: "headers that are exposed, by XMLHttpRequest",
    mount: "account",
    steps: [
      {
        by: "XMLHttpRequest",
        outcome: "readable",
        readsHeaders: [...SAFELISTED, "etag", "x-total"],
        lacksHeaders: ["x-secret", "date"],
      },
    ],
    sent: ["GET"],
  },
  {
    name: "headers that are exposed, after a preflight",
    mount: "account",
    steps: [{ method: "PUT", outcome: "readable", readsHeaders: ["etag", "x-total"], lacksHeaders: ["x-secret"] }],
    sent: ["OPTIONS for PUT", "PUT"],
  },
  {
    name: "a star exposes all",
    mount: "public",
    steps: [{ outcome: "readable", readsHeaders: ["etag", "x-total", "x-secret", "date"] }],
    sent: ["GET"],
  },
  {
    name: "a star exposes no Set-Cookie",
    mount: "public",
    steps: [{ path: "/set-cookie?value=1", outcome: "readable", lacksHeaders: ["set-cookie"] }],
    sent: ["GET"],
  },
  {
    name: "a star exposes all, by XMLHttpRequest",
    mount: "listed",
    steps: [{ by: "XMLHttpRequest", outcome: "readable", readsHeaders: ["etag", "x-total", "x-secret"] }],
    sent: ["GET"],
  },
  {
    name: "an application's own Allow-Origin does not open it to others",
    mount: "account",
    steps: [{ page: "https://evil.test", path: "/own-cors", outcome: "unreadable" }],
    sent: ["GET"],
  },
  {
    name: "an application's own Allow-Origin and -Credentials do not open it to others, with credentials",
    mount: "plain",
    steps: [{ page: "https://evil.test", path: "/own-cors", credentials: "include", outcome: "unreadable" }],
    sent: ["GET"],
  },
  {
    name: "an application's own Allow-Origin does not close it to a page that is allowed, nor does it expose",
    mount: "account",
    steps: [{ path: "/own-cors", outcome: "readable", text: "own", lacksHeaders: ["x-secret"] }],
    sent: ["GET"],
  },
  {
    name: "an application's own Allow-Credentials does not add credentials",
    mount: "plain",
    steps: [{ path: "/own-cors", credentials: "include", outcome: "unreadable" }],
    sent: ["GET"],
  },
  {
    name: "an application's own Allow-Origin does not take a star back",
    mount: "public",
    steps: [{ path: "/own-cors", outcome: "readable", readsHeaders: ["x-secret"] }],
    sent: ["GET"],
  },
  ...[401, 403, 404, 500, 503].map(
    (status): Exchange => ({
      name: `a response with ${status} is readable`,
      mount: "account",
      steps: [
        { path: `/status?status=${status}`, credentials: "include", outcome: "readable", status, text: "status" },
      ],
      sent: ["GET"],
    }),
  ),
  {
    name: "a response with 500 is unreadable for a page that is denied",
    mount: "account",
    steps: [{ page: "https://evil.test", path: "/status?status=500", outcome: "unreadable" }],
    sent: ["GET"],
  },
  {
    name: "the framework's page for a path that is missing is readable",
    mount: "account",
    steps: [{ path: "/missing", outcome: "readable", status: 404 }],
    sent: ["GET"],
    handled: [],
  },
  {
    name: "the framework's page for a path that is missing is unreadable for a page that is denied",
    mount: "account",
    steps: [{ page: "https://evil.test", path: "/missing", outcome: "unreadable" }],
    sent: ["GET"],
    handled: [],
  },
  {
    name: "the framework's page for a path that is missing, after a preflight",
    mount: "account",
    steps: [{ method: "DELETE", path: "/missing", outcome: "readable", status: 404 }],
    sent: ["OPTIONS for DELETE", "DELETE"],
    handled: [],
  },
  {
    name: "the error page of an application that fails is readable",
    mount: "account",
    steps: [{ path: "/failure", credentials: "include", outcome: "readable", status: 500 }],
    sent: ["GET"],
  },
  {
    name: "the error page of an application that fails, where anybody may read",
    mount: "public",
    steps: [{ page: "https://evil.test", path: "/failure", outcome: "readable", status: 500 }],
    sent: ["GET"],
  },
  {
    name: "the error page of an application that fails is unreadable for a page that is denied",
    mount: "account",
    steps: [{ page: "https://evil.test", path: "/failure", outcome: "unreadable" }],
    sent: ["GET"],
  },
  {
    name: "the error page of an application that fails, after a preflight",
    mount: "account",
    steps: [{ method: "PUT", path: "/failure", outcome: "readable", status: 500 }],
    sent: ["OPTIONS for PUT", "PUT"],
  },
  {
    name: "a response without content is readable",
    mount: "account",
    steps: [{ method: "DELETE", path: "/no-content", outcome: "readable", status: 204, text: "" }],
    sent: ["OPTIONS for DELETE", "DELETE"],
  },
  {
    name: "a response in chunks is readable while the rest is still to come",
    mount: "account",
    steps: [
      { path: "/stream", reads: "in chunks", outcome: "readable", text: "first, second", readsHeaders: ["etag"] },
    ],
    sent: ["GET"],
  },
  {
    name: "a response in chunks, with credentials and after a preflight",
    mount: "account",
    steps: [
      {
        method: "PUT",
        path: "/stream",
        credentials: "include",
        reads: "in chunks",
        outcome: "readable",
        text: "first, second",
      },
    ],
    sent: ["OPTIONS for PUT", "PUT"],
  },
  {
    name: "a response in chunks, where anybody may read",
    mount: "public",
    steps: [
      { page: "https://evil.test", path: "/stream", reads: "in chunks", outcome: "readable", text: "first, second" },
    ],
    sent: ["GET"],
  },
  {
    name: "a response in chunks is unreadable for a page that is denied, at its head",
    mount: "account",
    steps: [{ page: "https://evil.test", path: "/stream", reads: "in chunks", outcome: "unreadable" }],
    sent: ["GET"],
  },
];
