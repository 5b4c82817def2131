import type { Exchange } from "./exchange.js";

const BEARER = ["Authorization", "Bearer 1"] as const;

/** Cookies and `Authorization`, and the three credentials modes. */
export const credentialsExchanges: readonly Exchange[] = [
  {
    name: "include, under a policy with credentials: the cookie travels, and the answer is readable",
    mount: "account",
    steps: [
      { path: "/set-cookie?value=1", credentials: "include", outcome: "readable", lacksHeaders: ["set-cookie"] },
      { path: "/request-headers", credentials: "include", outcome: "readable", text: "1||" },
    ],
    sent: ["GET", "GET"],
  },
  {
    name: "same-origin, to another origin: no cookie travels, and none is kept",
    mount: "account",
    steps: [
      { path: "/set-cookie?value=1", outcome: "readable" },
      { path: "/request-headers", credentials: "include", outcome: "readable", text: "||" },
    ],
    sent: ["GET", "GET"],
  },
  {
    name: "omit: no cookie travels, and none is kept",
    mount: "account",
    steps: [
      { path: "/set-cookie?value=1", credentials: "omit", outcome: "readable" },
      { path: "/request-headers", credentials: "include", outcome: "readable", text: "||" },
      { path: "/set-cookie?value=2", credentials: "include", outcome: "readable" },
      { path: "/request-headers", credentials: "omit", outcome: "readable", text: "||" },
      { path: "/request-headers", outcome: "readable", text: "||" },
    ],
    sent: ["GET", "GET", "GET", "GET", "GET"],
  },
  {
    name: "include, from a page that is denied: unreadable, and yet the request is done and its cookie kept",
    mount: "account",
    steps: [
      {
        page: "https://old.example.com",
        path: "/set-cookie?value=1",
        credentials: "include",
        outcome: "unreadable",
      },
      { path: "/request-headers", credentials: "include", outcome: "readable", text: "1||" },
    ],
    sent: ["GET", "GET from https://app.example.com"],
  },
  {
    name: "include, by XMLHttpRequest: the cookie travels",
    mount: "account",
    steps: [
      {
        by: "XMLHttpRequest",
        path: "/set-cookie?value=1",
        credentials: "include",
        outcome: "readable",
        lacksHeaders: ["set-cookie"],
      },
      {
        by: "XMLHttpRequest",
        path: "/request-headers",
        credentials: "include",
        outcome: "readable",
        text: "1||",
      },
      { by: "XMLHttpRequest", path: "/request-headers", outcome: "readable", text: "||" },
    ],
    sent: ["GET", "GET", "GET"],
  },
  {
    name: "include, PUT: the preflight has no cookie, the request has it",
    mount: "account",
    steps: [
      { path: "/set-cookie?value=1", credentials: "include", outcome: "readable" },
      { method: "PUT", path: "/request-headers", credentials: "include", outcome: "readable", text: "1||" },
    ],
    sent: ["GET", "OPTIONS for PUT", "PUT"],
  },
  {
    name: "include, under a policy without credentials: unreadable",
    mount: "plain",
    steps: [{ credentials: "include", outcome: "unreadable" }],
    sent: ["GET"],
  },
  {
    name: "include, where anybody may read without: unreadable",
    mount: "public",
    steps: [{ credentials: "include", outcome: "unreadable" }],
    sent: ["GET"],
  },
  {
    name: "include, by XMLHttpRequest, where anybody may read without: unreadable",
    mount: "public",
    steps: [{ by: "XMLHttpRequest", credentials: "include", outcome: "unreadable" }],
    sent: ["GET"],
  },
  {
    name: "include, where methods are a star and credentials off: the preflight fails already",
    mount: "open",
    steps: [{ method: "PUT", credentials: "include", outcome: "unreadable" }],
    sent: ["OPTIONS for PUT"],
  },
  {
    name: "include, under a pattern and without credentials: unreadable",
    mount: "patterns",
    steps: [{ page: "https://a.b.example.com", credentials: "include", outcome: "unreadable" }],
    sent: ["GET"],
  },
  {
    name: "omit, under a pattern",
    mount: "patterns",
    steps: [{ page: "https://a.b.example.com", credentials: "omit", outcome: "readable" }],
    sent: ["GET"],
  },
  {
    name: "omit, under a policy with credentials: it may do without",
    mount: "account",
    steps: [{ credentials: "omit", outcome: "readable" }],
    sent: ["GET"],
  },
  {
    name: "Authorization that is listed, with credentials",
    mount: "account",
    steps: [
      {
        path: "/request-headers",
        headers: [BEARER],
        credentials: "include",
        outcome: "readable",
        text: "|Bearer 1|",
      },
    ],
    sent: ["OPTIONS for GET with authorization", "GET"],
  },
  {
    name: "Authorization that is listed, without credentials: it is a header like others",
    mount: "account",
    steps: [
      { path: "/request-headers", headers: [BEARER], credentials: "omit", outcome: "readable", text: "|Bearer 1|" },
    ],
    sent: ["OPTIONS for GET with authorization", "GET"],
  },
  {
    name: "Authorization named beside a star",
    mount: "open",
    steps: [{ path: "/request-headers", headers: [BEARER], outcome: "readable", text: "|Bearer 1|" }],
    sent: ["OPTIONS for GET with authorization", "GET"],
  },
  {
    name: "Authorization named beside a star, for a page that is listed",
    mount: "listed",
    steps: [{ path: "/request-headers", headers: [BEARER], outcome: "readable", text: "|Bearer 1|" }],
    sent: ["OPTIONS for GET with authorization", "GET"],
  },
  {
    name: "Authorization that is not listed",
    mount: "patterns",
    steps: [{ headers: [BEARER], outcome: "unreadable" }],
    sent: ["OPTIONS for GET with authorization"],
  },
  {
    name: "Authorization where anybody may read: no header is allowed for it",
    mount: "public",
    steps: [{ headers: [BEARER], outcome: "unreadable" }],
    sent: ["OPTIONS for GET with authorization"],
  },
];
