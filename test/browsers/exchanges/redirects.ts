import type { Exchange } from "./exchange.js";

const REDIRECTS: readonly Exchange[] = [
  {
    name: "to another path of the server",
    mount: "account",
    steps: [{ path: "/redirect?status=302&to=/resource", outcome: "readable", text: "resource" }],
    sent: ["GET", "GET"],
  },
  {
    name: "to another path of the server, with credentials",
    mount: "account",
    steps: [{ path: "/redirect?status=307&to=/resource", credentials: "include", outcome: "readable" }],
    sent: ["GET", "GET"],
  },
  {
    name: "by a page that is denied: it is not followed",
    mount: "account",
    steps: [{ page: "https://evil.test", path: "/redirect?status=302&to=/resource", outcome: "unreadable" }],
    sent: ["GET"],
  },
  {
    name: "from the page's own server: its origin is kept",
    mount: "account",
    steps: [{ startsAtPage: true, path: "/resource?to=/resource", outcome: "readable", text: "resource" }],
    sent: ["GET without Origin", "GET"],
    handled: ["GET"],
  },
  {
    name: "from the page's own server, of a page that is denied",
    mount: "account",
    steps: [{ page: "https://evil.test", startsAtPage: true, path: "/resource?to=/resource", outcome: "unreadable" }],
    sent: ["GET without Origin", "GET"],
    handled: ["GET"],
  },
  {
    name: "to another origin: the page's origin is null there, and not allowed",
    mount: "account",
    steps: [{ path: "/redirect?status=302&to={elsewhere}/account/resource", outcome: "unreadable" }],
    sent: ["GET", "GET from null"],
  },
  {
    name: "to another origin, where anybody may read",
    mount: "account",
    steps: [{ path: "/redirect?status=302&to={elsewhere}/public/resource", outcome: "readable", text: "resource" }],
    sent: ["GET", "GET from null"],
  },
  {
    name: "to another origin, where anybody may read, with credentials",
    mount: "account",
    steps: [
      {
        path: "/redirect?status=302&to={elsewhere}/public/resource",
        credentials: "include",
        outcome: "unreadable",
      },
    ],
    sent: ["GET", "GET from null"],
  },
  {
    name: "to another origin, where frames without an origin may read: any page may so",
    mount: "public",
    steps: [
      { page: "https://evil.test", path: "/redirect?status=302&to={elsewhere}/frames/resource", outcome: "readable" },
    ],
    sent: ["GET", "GET from null"],
  },
  {
    name: "from http to https is to another origin",
    mount: "account",
    steps: [
      {
        page: "http://app.example.com",
        path: "/redirect?status=301&to={https}/account/resource",
        outcome: "unreadable",
      },
    ],
    sent: ["GET", "GET from null"],
  },
  {
    name: "of a PUT: a preflight for each of the two URLs",
    mount: "account",
    steps: [{ method: "PUT", path: "/redirect?status=307&to=/resource", outcome: "readable" }],
    sent: ["OPTIONS for PUT", "PUT", "OPTIONS for PUT", "PUT"],
  },
  {
    name: "of a PUT, to another origin: the second preflight is from null, and fails",
    mount: "account",
    steps: [{ method: "PUT", path: "/redirect?status=307&to={elsewhere}/account/resource", outcome: "unreadable" }],
    sent: ["OPTIONS for PUT", "PUT", "OPTIONS for PUT from null"],
    differences: {
      firefox: {
        why: "Firefox asks with the page's own origin, and then sends the request from null: it is done, unreadable",
        sent: ["OPTIONS for PUT", "PUT", "OPTIONS for PUT", "PUT from null"],
      },
    },
  },
  {
    name: "of a PUT, to another origin under stars",
    mount: "open",
    steps: [{ method: "PUT", path: "/redirect?status=308&to={elsewhere}/open/resource", outcome: "readable" }],
    sent: ["OPTIONS for PUT", "PUT", "OPTIONS for PUT from null", "PUT from null"],
    differences: {
      firefox: {
        why: "Firefox asks with the page's own origin",
        sent: ["OPTIONS for PUT", "PUT", "OPTIONS for PUT", "PUT from null"],
      },
    },
  },
  {
    name: "of a POST by 303: a GET follows",
    mount: "account",
    steps: [{ method: "POST", path: "/redirect?status=303&to=/resource", outcome: "readable" }],
    sent: ["POST", "GET"],
  },
  {
    name: "with Authorization, to another origin: it does not go there",
    mount: "account",
    steps: [
      {
        path: "/redirect?status=302&to={elsewhere}/open/request-headers",
        headers: [["Authorization", "Bearer 3"]],
        outcome: "readable",
        text: "||",
      },
    ],
    sent: ["OPTIONS for GET with authorization", "GET", "GET from null"],
    differences: {
      firefox: {
        why: "Firefox asks again, for a GET that needs no preflight any more, and with the page's own origin",
        sent: ["OPTIONS for GET with authorization", "GET", "OPTIONS for GET", "GET from null"],
      },
    },
  },
  {
    name: "by hand: a page that is allowed gets an opaque answer",
    mount: "account",
    steps: [{ path: "/redirect?status=302&to=/resource", redirect: "manual", outcome: "opaque" }],
    sent: ["GET"],
  },
  {
    name: "not wanted by the page",
    mount: "account",
    steps: [{ path: "/redirect?status=302&to=/resource", redirect: "error", outcome: "unreadable" }],
    sent: ["GET"],
  },
];

/** Redirects: each answer on the way has to allow the page. */
export const redirectExchanges: readonly Exchange[] = REDIRECTS.map((exchange) => ({
  ...exchange,
  name: `redirected ${exchange.name}`,
  beyondModel: "redirect",
}));
