import type { Exchange, Step } from "./exchange.js";

const APP = "https://app.example.com";
const ADMIN = "https://admin.example.com";

const PUT: Step = { method: "PUT", outcome: "readable" };
const DELETE: Step = { method: "DELETE", outcome: "readable" };

/** What is asked before, and how long browsers remember the answer. */
export const preflightExchanges: readonly Exchange[] = [
  {
    name: "an upload listener: a preflight for POST",
    mount: "account",
    steps: [{ by: "XMLHttpRequest with an upload listener", method: "POST", body: "text", outcome: "readable" }],
    sent: ["OPTIONS for POST", "POST"],
  },
  {
    name: "an upload listener, with credentials",
    mount: "account",
    steps: [
      {
        by: "XMLHttpRequest with an upload listener",
        method: "POST",
        body: "text",
        credentials: "include",
        outcome: "readable",
      },
    ],
    sent: ["OPTIONS for POST", "POST"],
  },
  {
    name: "an upload listener, where neither methods nor headers are listed",
    mount: "plain",
    steps: [{ by: "XMLHttpRequest with an upload listener", method: "POST", body: "text", outcome: "readable" }],
    sent: ["OPTIONS for POST", "POST"],
  },
  {
    name: "an upload listener, where anybody may read",
    mount: "public",
    steps: [
      {
        page: "https://evil.test",
        by: "XMLHttpRequest with an upload listener",
        method: "POST",
        body: "text",
        outcome: "readable",
      },
    ],
    sent: ["OPTIONS for POST", "POST"],
  },
  {
    name: "an upload listener, from a page that is denied: the POST is not done",
    mount: "account",
    steps: [
      {
        page: "https://evil.test",
        by: "XMLHttpRequest with an upload listener",
        method: "POST",
        body: "text",
        outcome: "unreadable",
      },
    ],
    sent: ["OPTIONS for POST"],
  },
  {
    name: "an upload listener, and a header that is not listed",
    mount: "account",
    steps: [
      {
        by: "XMLHttpRequest with an upload listener",
        method: "POST",
        headers: [["X-Unlisted", "1"]],
        body: "text",
        outcome: "unreadable",
      },
    ],
    sent: ["OPTIONS for POST with x-unlisted"],
  },
  {
    name: "no upload listener: no preflight",
    mount: "account",
    steps: [{ by: "XMLHttpRequest", method: "POST", body: "text", outcome: "readable" }],
    sent: ["POST"],
  },
  {
    name: "one preflight serves PUT twice",
    mount: "account",
    steps: [PUT, PUT],
    sent: ["OPTIONS for PUT", "PUT", "PUT"],
  },
  {
    name: "one preflight serves PUT, and then DELETE",
    mount: "account",
    steps: [PUT, DELETE],
    sent: ["OPTIONS for PUT", "PUT", "DELETE"],
  },
  {
    name: "one preflight serves PUT, DELETE and PUT again",
    mount: "account",
    steps: [PUT, DELETE, PUT],
    sent: ["OPTIONS for PUT", "PUT", "DELETE", "PUT"],
  },
  {
    name: "one preflight serves all methods of a star",
    mount: "open",
    steps: [PUT, DELETE],
    sent: ["OPTIONS for PUT", "PUT", "DELETE"],
    differences: {
      firefox: {
        why: "Firefox remembers of a star only what was asked for",
        sent: ["OPTIONS for PUT", "PUT", "OPTIONS for DELETE", "DELETE"],
      },
    },
  },
  {
    name: "one preflight serves other headers that are listed",
    mount: "account",
    steps: [
      { headers: [["X-Request-Id", "1"]], outcome: "readable" },
      { headers: [["Authorization", "Bearer 1"]], outcome: "readable" },
    ],
    sent: ["OPTIONS for GET with x-request-id", "GET", "GET"],
  },
  {
    name: "one preflight serves a page's other API",
    mount: "account",
    steps: [PUT, { ...PUT, by: "XMLHttpRequest" }],
    sent: ["OPTIONS for PUT", "PUT", "PUT"],
  },
  {
    name: "max-age 0: a preflight each time",
    mount: "patterns",
    steps: [PUT, PUT],
    sent: ["OPTIONS for PUT", "PUT", "OPTIONS for PUT", "PUT"],
  },
  {
    name: "another URL has a preflight of its own",
    mount: "account",
    steps: [PUT, { ...PUT, path: "/resource?other" }],
    sent: ["OPTIONS for PUT", "PUT", "OPTIONS for PUT", "PUT"],
  },
  {
    name: "another page has a preflight of its own",
    mount: "account",
    steps: [
      { ...PUT, page: APP },
      { ...PUT, page: ADMIN },
    ],
    sent: ["OPTIONS for PUT", "PUT", `OPTIONS for PUT from ${ADMIN}`, `PUT from ${ADMIN}`],
  },
  {
    name: "what one page may is not remembered for another that may not",
    mount: "account",
    steps: [
      { ...PUT, page: APP },
      { ...PUT, page: "https://evil.example.com", outcome: "unreadable" },
    ],
    sent: ["OPTIONS for PUT", "PUT", "OPTIONS for PUT from https://evil.example.com"],
  },
  {
    name: "a preflight without credentials does not serve a request with them",
    mount: "account",
    steps: [
      { ...PUT, credentials: "omit" },
      { ...PUT, credentials: "include" },
    ],
    sent: ["OPTIONS for PUT", "PUT", "OPTIONS for PUT", "PUT"],
  },
  {
    name: "a preflight with credentials serves a request without them",
    mount: "account",
    steps: [
      { ...PUT, credentials: "include" },
      { ...PUT, credentials: "omit" },
    ],
    sent: ["OPTIONS for PUT", "PUT", "PUT"],
    differences: {
      firefox: {
        why: "Firefox keeps the two apart",
        sent: ["OPTIONS for PUT", "PUT", "OPTIONS for PUT", "PUT"],
      },
    },
  },
  {
    name: "a preflight that fails is not remembered",
    mount: "account",
    steps: [
      { method: "QUERY", outcome: "unreadable" },
      { method: "QUERY", outcome: "unreadable" },
    ],
    sent: ["OPTIONS for QUERY", "OPTIONS for QUERY"],
  },
  {
    name: "a preflight that passes does not serve a method that is not listed",
    mount: "patterns",
    steps: [PUT, { method: "DELETE", outcome: "unreadable" }],
    sent: ["OPTIONS for PUT", "PUT", "OPTIONS for DELETE"],
  },
  {
    name: "a preflight that passes, and is remembered, does not serve a header that is not listed",
    mount: "account",
    steps: [PUT, { ...PUT, headers: [["X-Unlisted", "1"]], outcome: "unreadable" }],
    sent: ["OPTIONS for PUT", "PUT", "OPTIONS for PUT with x-unlisted"],
  },
];
