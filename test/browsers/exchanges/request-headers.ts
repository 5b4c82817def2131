import type { Exchange, Step } from "./exchange.js";

type Headers = NonNullable<Step["headers"]>;

/** Headers that need no preflight, or that no script can set. */
const WITHOUT_PREFLIGHT: readonly (readonly [what: string, headers: Headers])[] = [
  ["Accept", [["Accept", "application/json"]]],
  ["Accept-Language", [["Accept-Language", "de-CH, de;q=0.9"]]],
  ["Content-Language", [["Content-Language", "de"]]],
  ["Content-Type: text/plain", [["Content-Type", "text/plain;charset=utf-8"]]],
  ["Content-Type of a form", [["Content-Type", "application/x-www-form-urlencoded"]]],
  ["Content-Type of a form with files", [["Content-Type", "multipart/form-data;boundary=x"]]],
  ["Range", [["Range", "bytes=0-9"]]],
  ["Range to the end", [["Range", "bytes=3-"]]],
  ["Cookie, which is dropped", [["Cookie", "a=1"]]],
  ["Origin, which is dropped", [["Origin", "https://admin.example.com"]]],
  ["Access-Control-Request-Method, which is dropped", [["Access-Control-Request-Method", "PUT"]]],
  [
    "Sec-Fetch-Site and Proxy-X, which are dropped",
    [
      ["Sec-Fetch-Site", "same-origin"],
      ["Proxy-X", "1"],
    ],
  ],
  ["X-HTTP-Method-Override: TRACE, which is dropped", [["X-HTTP-Method-Override", "TRACE"]]],
];

/** Headers that no policy here lists, but for `headers *`. */
const NOT_LISTED: readonly (readonly [what: string, headers: Headers, names: string])[] = [
  ["X-Unlisted", [["X-Unlisted", "1"]], "x-unlisted"],
  ["a name that begins like a listed one", [["X-Request-Identity", "1"]], "x-request-identity"],
  [
    "a listed header beside one that is not",
    [
      ["X-Unlisted", "1"],
      ["X-Request-Id", "1"],
    ],
    "x-request-id,x-unlisted",
  ],
  ["Accept with more than 128 bytes", [["Accept", "a".repeat(129)]], "accept"],
  ["Accept with a bracket", [["Accept", "text/html(1)"]], "accept"],
  ["Accept-Language with an underscore", [["Accept-Language", "de_CH"]], "accept-language"],
  ["Range of the last bytes", [["Range", "bytes=-5"]], "range"],
  ["X-HTTP-Method-Override: PUT", [["X-HTTP-Method-Override", "PUT"]], "x-http-method-override"],
  ["X-Requested-With", [["X-Requested-With", "XMLHttpRequest"]], "x-requested-with"],
  ["Cache-Control", [["Cache-Control", "no-cache"]], "cache-control"],
];

const JSON_TYPE = ["Content-Type", "application/json"] as const;

/** Headers of requests: safelisted, listed, neither. */
export const requestHeaderExchanges: readonly Exchange[] = [
  ...WITHOUT_PREFLIGHT.map(
    ([what, headers]): Exchange => ({
      name: `no preflight for ${what}`,
      mount: "plain",
      steps: [{ method: "POST", headers, outcome: "readable" }],
      sent: ["POST"],
    }),
  ),
  ...NOT_LISTED.map(
    ([what, headers, names]): Exchange => ({
      name: `not listed: ${what}`,
      mount: "account",
      steps: [{ headers, outcome: "unreadable" }],
      sent: [`OPTIONS for GET with ${names}`],
    }),
  ),
  ...NOT_LISTED.map(
    ([what, headers, names]): Exchange => ({
      name: `under a star: ${what}`,
      mount: "open",
      steps: [{ headers, outcome: "readable" }],
      sent: [`OPTIONS for GET with ${names}`, "GET"],
    }),
  ),
  {
    name: "JSON",
    mount: "account",
    steps: [{ method: "POST", headers: [JSON_TYPE], body: "{}", credentials: "include", outcome: "readable" }],
    sent: ["OPTIONS for POST with content-type", "POST"],
  },
  {
    name: "JSON where no header is listed",
    mount: "plain",
    steps: [{ method: "POST", headers: [JSON_TYPE], body: "{}", outcome: "unreadable" }],
    sent: ["OPTIONS for POST with content-type"],
  },
  {
    name: "PUT of JSON with all headers that are listed, in any order and case",
    mount: "account",
    steps: [
      {
        method: "PUT",
        path: "/request-headers",
        headers: [["x-ReQuest-iD", "7"], ["AUTHORIZATION", "Bearer 2"], JSON_TYPE],
        body: "{}",
        outcome: "readable",
        text: "|Bearer 2|7",
      },
    ],
    sent: ["OPTIONS for PUT with authorization,content-type,x-request-id", "PUT"],
  },
  {
    name: "many headers under a star",
    mount: "open",
    steps: [
      {
        headers: [
          ["X-B", "1"],
          ["X", "1"],
          ["X-A", "1"],
          ["X~", "1"],
          ["X_B", "1"],
        ],
        outcome: "readable",
      },
    ],
    sent: ["OPTIONS for GET with x,x-a,x-b,x_b,x~", "GET"],
  },
  {
    name: "a header twice is named once",
    mount: "account",
    steps: [
      {
        headers: [
          ["X-Request-Id", "1"],
          ["X-Request-Id", "2"],
        ],
        outcome: "readable",
      },
    ],
    sent: ["OPTIONS for GET with x-request-id", "GET"],
    differences: {
      firefox: {
        why: "Firefox does not make the names of Access-Control-Request-Headers unique",
        sent: ["OPTIONS for GET with x-request-id,x-request-id", "GET"],
      },
    },
  },
  {
    name: "User-Agent is a header like others",
    mount: "account",
    steps: [{ headers: [["User-Agent", "mine"]], outcome: "unreadable" }],
    sent: ["OPTIONS for GET with user-agent"],
    differences: {
      chromium: {
        why: "Chromium does not let scripts set User-Agent, and says nothing",
        sent: ["GET"],
        outcomes: ["readable"],
      },
    },
  },
  {
    name: "DPR is a header like others",
    mount: "account",
    steps: [{ headers: [["DPR", "2"]], outcome: "unreadable" }],
    sent: ["OPTIONS for GET with dpr"],
    differences: {
      chromium: {
        why: "Chromium safelists the old client hints, which the Standard does not know",
        sent: ["GET"],
        outcomes: ["readable"],
      },
    },
  },
  {
    name: "a header with a line end in its value is refused by the browser",
    mount: "open",
    steps: [{ headers: [["X-A", "1\r\nX-B: 2"]], outcome: "refused" }],
    sent: [],
  },
  {
    name: "a header whose name is no token is refused by the browser",
    mount: "open",
    steps: [{ headers: [["X A", "1"]], outcome: "refused" }],
    sent: [],
  },
  {
    name: "a header that is listed, from a page that is denied",
    mount: "account",
    steps: [{ page: "https://evil.test", headers: [["X-Request-Id", "1"]], outcome: "unreadable" }],
    sent: ["OPTIONS for GET with x-request-id"],
  },
  {
    name: "a header that is listed, under a pattern",
    mount: "patterns",
    steps: [{ page: "http://localhost:3000", headers: [["X-Request-Id", "1"]], outcome: "readable" }],
    sent: ["OPTIONS for GET with x-request-id", "GET"],
  },
];
