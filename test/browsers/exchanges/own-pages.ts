import type { Exchange, Page } from "./exchange.js";

const OWN: readonly Page[] = ["own page", "own page without TLS"];

/** Pages of the server itself, which need no CORS, and requests without CORS: with `enforce` and without. */
export const ownPageExchanges: readonly Exchange[] = OWN.flatMap((page): readonly Exchange[] => [
  {
    name: `${page}: GET, with all headers readable`,
    mount: "account",
    steps: [{ page, outcome: "readable", readsHeaders: ["etag", "x-secret"] }],
    sent: ["GET without Origin"],
  },
  {
    name: `${page}: PUT without a preflight, where no page is allowed`,
    mount: "nobody",
    steps: [{ page, method: "PUT", outcome: "readable" }],
    sent: ["PUT"],
  },
  {
    name: `${page}: POST under enforce is not refused`,
    mount: "account-enforced",
    steps: [{ page, method: "POST", body: "text", outcome: "readable" }],
    sent: ["POST"],
  },
  {
    name: `${page}: PUT under enforce is not refused`,
    mount: "account-enforced",
    steps: [{ page, method: "PUT", headers: [["X-Unlisted", "1"]], outcome: "readable" }],
    sent: ["PUT"],
  },
]).concat([
  {
    name: "enforce: a page that is denied gets nothing done",
    mount: "account-enforced",
    steps: [{ page: "https://evil.test", method: "POST", body: "text", outcome: "unreadable" }],
    sent: ["POST"],
    handled: [],
  },
  {
    name: "enforce: a page without TLS that is denied gets nothing done",
    mount: "account-enforced",
    steps: [{ page: "http://evil.test", method: "POST", body: "text", outcome: "unreadable" }],
    sent: ["POST"],
    handled: [],
  },
  {
    name: "enforce: a page of the same site that is denied gets nothing done",
    mount: "account-enforced",
    steps: [{ page: "https://old.example.com", outcome: "unreadable" }],
    sent: ["GET"],
    handled: [],
  },
  {
    name: "enforce: a frame without an origin that is denied gets nothing done",
    mount: "account-enforced",
    steps: [{ page: "sandboxed frame", method: "POST", body: "text", outcome: "unreadable" }],
    sent: ["POST"],
    handled: [],
  },
  {
    name: "enforce: a page that is allowed goes on",
    mount: "account-enforced",
    steps: [{ method: "PUT", credentials: "include", outcome: "readable" }],
    sent: ["OPTIONS for PUT", "PUT"],
  },
  {
    name: "enforce: a POST without CORS, as a form sends it, is not done for a page that is denied",
    mount: "account-enforced",
    steps: [{ page: "https://evil.test", mode: "no-cors", method: "POST", body: "text", outcome: "opaque" }],
    sent: ["POST"],
    handled: [],
    beyondModel: "no-cors",
  },
  {
    name: "a POST without CORS, as a form sends it, is done for a page that is denied: CORS is no defence against it",
    mount: "account",
    steps: [{ page: "https://evil.test", mode: "no-cors", method: "POST", body: "text", outcome: "opaque" }],
    sent: ["POST"],
    beyondModel: "no-cors",
  },
]);
