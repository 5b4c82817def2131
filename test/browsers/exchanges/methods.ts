import type { Exchange } from "./exchange.js";

/** Methods in all cases. */
export const methodExchanges: readonly Exchange[] = [
  { name: "GET", mount: "account", steps: [{ method: "GET", outcome: "readable", text: "resource" }], sent: ["GET"] },
  {
    name: "GET by XMLHttpRequest",
    mount: "account",
    steps: [{ by: "XMLHttpRequest", outcome: "readable", text: "resource" }],
    sent: ["GET"],
  },
  { name: "HEAD", mount: "account", steps: [{ method: "HEAD", outcome: "readable", text: "" }], sent: ["HEAD"] },
  { name: "POST", mount: "account", steps: [{ method: "POST", outcome: "readable" }], sent: ["POST"] },
  {
    name: "POST of a text",
    mount: "plain",
    steps: [{ method: "POST", body: "text", outcome: "readable" }],
    sent: ["POST"],
  },
  {
    name: "POST from a page that is denied: unreadable, and yet it is done",
    mount: "account",
    steps: [{ page: "https://evil.test", method: "POST", body: "text", outcome: "unreadable" }],
    sent: ["POST"],
  },
  ...["PUT", "PATCH", "DELETE"].map(
    (method): Exchange => ({
      name: `${method} that is listed`,
      mount: "account",
      steps: [{ method, outcome: "readable" }],
      sent: [`OPTIONS for ${method}`, method],
    }),
  ),
  ...["PUT", "PATCH", "DELETE"].map(
    (method): Exchange => ({
      name: `${method} that is listed, with credentials, by XMLHttpRequest`,
      mount: "account",
      steps: [{ by: "XMLHttpRequest", method, credentials: "include", outcome: "readable" }],
      sent: [`OPTIONS for ${method}`, method],
    }),
  ),
  ...["PUT", "PATCH", "DELETE"].map(
    (method): Exchange => ({
      name: `${method} under a star`,
      mount: "open",
      steps: [{ page: "https://evil.test", method, outcome: "readable" }],
      sent: [`OPTIONS for ${method}`, method],
    }),
  ),
  ...["PUT", "DELETE", "CHICKEN"].map(
    (method): Exchange => ({
      name: `${method} where no method is listed`,
      mount: "plain",
      steps: [{ method, outcome: "unreadable" }],
      sent: [`OPTIONS for ${method}`],
    }),
  ),
  {
    name: "DELETE where PUT is listed",
    mount: "patterns",
    steps: [{ method: "DELETE", outcome: "unreadable" }],
    sent: ["OPTIONS for DELETE"],
  },
  {
    name: "PUT that is listed, from a page that is denied: it is not done",
    mount: "account",
    steps: [{ page: "https://evil.test", method: "PUT", outcome: "unreadable" }],
    sent: ["OPTIONS for PUT"],
  },
  {
    name: "PUT that is listed, where no page is allowed",
    mount: "nobody",
    steps: [{ method: "PUT", outcome: "unreadable" }],
    sent: ["OPTIONS for PUT"],
  },
  {
    name: "PUT from a sandboxed frame that is allowed",
    mount: "frames",
    steps: [{ page: "sandboxed frame", method: "PUT", outcome: "readable" }],
    sent: ["OPTIONS for PUT", "PUT"],
  },
  {
    name: "PUT from a data: frame that is allowed",
    mount: "frames",
    steps: [{ page: "data: frame", method: "PUT", outcome: "readable" }],
    sent: ["OPTIONS for PUT", "PUT"],
  },
  {
    name: "PUT from a sandboxed frame that is denied",
    mount: "account",
    steps: [{ page: "sandboxed frame", method: "PUT", outcome: "unreadable" }],
    sent: ["OPTIONS for PUT"],
  },
  {
    name: "put: browsers write it in upper case",
    mount: "account",
    steps: [{ method: "put", outcome: "readable" }],
    sent: ["OPTIONS for PUT", "PUT"],
  },
  {
    name: "delete by XMLHttpRequest: browsers write it in upper case",
    mount: "account",
    steps: [{ by: "XMLHttpRequest", method: "delete", outcome: "readable" }],
    sent: ["OPTIONS for DELETE", "DELETE"],
  },
  {
    name: "patch: browsers leave it, and PATCH is another method",
    mount: "account",
    steps: [{ method: "patch", outcome: "unreadable" }],
    sent: ["OPTIONS for patch"],
  },
  {
    name: "OPTIONS by a script has a preflight, and is to be listed",
    mount: "account",
    steps: [{ method: "OPTIONS", outcome: "unreadable" }],
    sent: ["OPTIONS for OPTIONS"],
  },
  {
    name: "OPTIONS by a script under a star reaches the application",
    mount: "open",
    steps: [{ method: "OPTIONS", outcome: "readable", text: "resource" }],
    sent: ["OPTIONS for OPTIONS", "OPTIONS"],
  },
  {
    name: "QUERY that is not listed",
    mount: "account",
    steps: [{ method: "QUERY", outcome: "unreadable" }],
    sent: ["OPTIONS for QUERY"],
  },
  ...["TRACE", "connect", "Track"].map(
    (method): Exchange => ({
      name: `${method} is refused by the browser, under a star too`,
      mount: "open",
      steps: [{ method, outcome: "refused" }],
      sent: [],
    }),
  ),
  {
    name: "TRACE is refused by XMLHttpRequest",
    mount: "open",
    steps: [{ by: "XMLHttpRequest", method: "TRACE", outcome: "refused" }],
    sent: [],
  },
  {
    name: "a method that is no token is refused by the browser",
    mount: "open",
    steps: [{ method: "PUT POST", outcome: "refused" }],
    sent: [],
  },
];
