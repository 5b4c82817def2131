import type { Exchange, Step } from "./exchange.js";

const APP = "https://app.example.com";
const ADMIN = "https://admin.example.com";
/** Of the same site as the others: they share a part of the cache. */
const OLD = "https://old.example.com";

const CACHED: Step = { path: "/cacheable", outcome: "readable" };

/** The browser's HTTP cache, which all pages of a site share: what it keeps for one never serves another wrongly. */
export const cacheExchanges: readonly Exchange[] = [
  {
    name: "the cache serves a page its own answer again",
    mount: "account",
    steps: [
      { ...CACHED, text: `for ${APP}` },
      { ...CACHED, text: `for ${APP}` },
    ],
    sent: ["GET"],
  },
  {
    name: "what is kept for one page is not served to another, and both read their own",
    mount: "account",
    steps: [
      { ...CACHED, text: `for ${APP}` },
      { ...CACHED, page: ADMIN, text: `for ${ADMIN}` },
    ],
    sent: ["GET", `GET from ${ADMIN}`],
  },
  {
    name: "what is kept for a page that is allowed is not served to one that is not",
    mount: "account",
    steps: [
      { ...CACHED, text: `for ${APP}` },
      { ...CACHED, page: OLD, outcome: "unreadable" },
    ],
    sent: ["GET", `GET from ${OLD}`],
  },
  {
    name: "what is kept for a page that is denied is not served to one that is allowed",
    mount: "account",
    steps: [
      { ...CACHED, page: OLD, outcome: "unreadable" },
      { ...CACHED, page: APP, text: `for ${APP}` },
    ],
    sent: ["GET", `GET from ${APP}`],
  },
  {
    name: "what is kept for an image, without Origin, is not served to a script",
    mount: "account",
    steps: [
      { ...CACHED, mode: "no-cors", outcome: "opaque" },
      { ...CACHED, text: `for ${APP}` },
    ],
    sent: ["GET without Origin", "GET"],
    beyondModel: "no-cors",
  },
  {
    name: "what is kept for an image, without Origin, is not served to a script of one listed page",
    mount: "plain",
    steps: [
      { ...CACHED, mode: "no-cors", outcome: "opaque" },
      { ...CACHED, text: `for ${APP}` },
    ],
    sent: ["GET without Origin", "GET"],
    beyondModel: "no-cors",
  },
  {
    name: "what is kept for an image serves a script as well where anybody may read",
    mount: "public",
    steps: [
      { ...CACHED, mode: "no-cors", outcome: "opaque" },
      { ...CACHED, text: "for no origin" },
    ],
    sent: ["GET without Origin"],
    beyondModel: "no-cors",
  },
  {
    name: "what is kept for one page serves all of its site where anybody may read",
    mount: "public",
    steps: [
      { ...CACHED, text: `for ${APP}` },
      { ...CACHED, page: OLD, text: `for ${APP}` },
    ],
    sent: ["GET"],
  },
  {
    name: "what is kept for one page is not served to another under a pattern",
    mount: "patterns",
    steps: [
      { ...CACHED, text: `for ${APP}` },
      { ...CACHED, page: "https://a.b.example.com", text: "for https://a.b.example.com" },
      { ...CACHED, page: "https://example.com", outcome: "unreadable" },
    ],
    sent: ["GET", "GET from https://a.b.example.com", "GET from https://example.com"],
  },
  {
    name: "an answer that is revalidated is readable again",
    mount: "account",
    steps: [
      { path: "/revalidated", outcome: "readable", text: "revalidated", readsHeaders: ["etag"] },
      { path: "/revalidated", outcome: "readable", text: "revalidated", readsHeaders: ["etag"] },
    ],
    sent: ["GET", "GET"],
  },
  {
    name: "an answer that is revalidated for another page is readable there",
    mount: "account",
    steps: [
      { path: "/revalidated", outcome: "readable", text: "revalidated" },
      { page: ADMIN, path: "/revalidated", outcome: "readable", text: "revalidated" },
    ],
    sent: ["GET", `GET from ${ADMIN}`],
  },
  {
    name: "an answer that is revalidated for a page that is denied stays unreadable",
    mount: "account",
    steps: [
      { path: "/revalidated", outcome: "readable", text: "revalidated" },
      { page: OLD, path: "/revalidated", outcome: "unreadable" },
    ],
    sent: ["GET", `GET from ${OLD}`],
  },
];
