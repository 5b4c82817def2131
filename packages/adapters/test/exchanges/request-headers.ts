import type { Exchange } from "../conformance.js";
import { account, ordered, plain } from "../policies.js";

const VARY = "Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers";
const PREFLIGHT = [
  "OPTIONS /resource",
  "Origin: https://app.example.com",
  "Access-Control-Request-Method: PUT",
] as const;
const PASSED = [
  "Access-Control-Allow-Origin: https://app.example.com",
  "Access-Control-Allow-Credentials: true",
  "Access-Control-Allow-Methods: PUT,DELETE",
  "Access-Control-Allow-Headers: content-type,x-request-id",
  "Access-Control-Max-Age: 600",
  VARY,
];

/*
 * The policy `account` has two names of 12 characters. So a value has at most 20 elements, of which at most 16 empty,
 * and 20 characters of white space.
 */
const TWENTY_NAMES = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? "x-request-id" : "content-type"));

/** Values of Access-Control-Request-Headers. */
export const requestHeadersExchanges: readonly Exchange[] = [
  {
    name: "request headers: case does not matter",
    policy: account,
    request: [...PREFLIGHT, "Access-Control-Request-Headers: Content-Type,X-REQUEST-ID"],
    status: 204,
    headers: PASSED,
    handlerRan: false,
  },
  {
    name: "request headers: order does not matter",
    policy: account,
    request: [...PREFLIGHT, "Access-Control-Request-Headers: x-request-id,content-type"],
    status: 204,
    headers: PASSED,
    handlerRan: false,
  },
  {
    name: "request headers: white space around names does not matter",
    policy: account,
    request: [...PREFLIGHT, "Access-Control-Request-Headers: content-type , \tx-request-id"],
    status: 204,
    headers: PASSED,
    handlerRan: false,
  },
  {
    name: "request headers: two lines are one list",
    policy: account,
    request: [
      ...PREFLIGHT,
      "Access-Control-Request-Headers: content-type",
      "Access-Control-Request-Headers: x-request-id",
    ],
    status: 204,
    headers: PASSED,
    handlerRan: false,
  },
  {
    name: "request headers: an unlisted name in the second line fails",
    policy: account,
    request: [
      ...PREFLIGHT,
      "Access-Control-Request-Headers: content-type",
      "Access-Control-Request-Headers: x-unlisted",
    ],
    status: 403,
    headers: [VARY],
    handlerRan: false,
  },
  {
    name: "request headers: repeats up to the bound of elements",
    policy: account,
    request: [...PREFLIGHT, `Access-Control-Request-Headers: ${TWENTY_NAMES.join(",")}`],
    status: 204,
    headers: PASSED,
    handlerRan: false,
  },
  {
    name: "request headers: one element more fails",
    policy: account,
    request: [...PREFLIGHT, `Access-Control-Request-Headers: ${TWENTY_NAMES.join(",")},content-type`],
    status: 403,
    headers: [VARY],
    handlerRan: false,
  },
  {
    name: "request headers: 16 empty elements",
    policy: account,
    request: [...PREFLIGHT, `Access-Control-Request-Headers: ${",".repeat(16)}content-type`],
    status: 204,
    headers: PASSED,
    handlerRan: false,
  },
  {
    name: "request headers: 17 empty elements fail",
    policy: account,
    request: [...PREFLIGHT, `Access-Control-Request-Headers: ${",".repeat(17)}content-type`],
    status: 403,
    headers: [VARY],
    handlerRan: false,
  },
  {
    name: "request headers: 20 characters of white space",
    policy: account,
    request: [...PREFLIGHT, `Access-Control-Request-Headers: content-type,${" ".repeat(20)}x-request-id`],
    status: 204,
    headers: PASSED,
    handlerRan: false,
  },
  {
    name: "request headers: 21 characters of white space fail",
    policy: account,
    request: [...PREFLIGHT, `Access-Control-Request-Headers: content-type,${" ".repeat(21)}x-request-id`],
    status: 403,
    headers: [VARY],
    handlerRan: false,
  },
  {
    name: "request headers: a name that begins with a listed one fails",
    policy: account,
    request: [...PREFLIGHT, "Access-Control-Request-Headers: x-request-id2"],
    status: 403,
    headers: [VARY],
    handlerRan: false,
  },
  {
    name: "request headers: a name that a listed one begins with fails",
    policy: account,
    request: [...PREFLIGHT, "Access-Control-Request-Headers: x-request"],
    status: 403,
    headers: [VARY],
    handlerRan: false,
  },
  {
    name: "request headers: white space in a name fails",
    policy: account,
    request: [...PREFLIGHT, "Access-Control-Request-Headers: content type"],
    status: 403,
    headers: [VARY],
    handlerRan: false,
  },
  {
    name: "request headers: what is no token fails",
    policy: account,
    request: [...PREFLIGHT, 'Access-Control-Request-Headers: "content-type"'],
    status: 403,
    headers: [VARY],
    handlerRan: false,
  },
  {
    name: "request headers: * in the request stands for nothing",
    policy: account,
    request: [...PREFLIGHT, "Access-Control-Request-Headers: *"],
    status: 403,
    headers: [VARY],
    handlerRan: false,
  },
  {
    name: "request headers: a character beyond ASCII fails",
    policy: account,
    request: [...PREFLIGHT, "Access-Control-Request-Headers: x-request-\u00efd"],
    status: 403,
    headers: [VARY],
    handlerRan: false,
  },
  {
    name: "request headers: a name that every object has fails",
    policy: account,
    request: [...PREFLIGHT, "Access-Control-Request-Headers: constructor"],
    status: 403,
    headers: [VARY],
    handlerRan: false,
  },
  {
    name: "request headers: eight thousand characters fail",
    policy: account,
    request: [...PREFLIGHT, `Access-Control-Request-Headers: ${"content-type,".repeat(620)}content-type`],
    status: 403,
    headers: [VARY],
    handlerRan: false,
  },
  {
    name: "request headers: any name fails under a policy that lists none",
    policy: plain,
    request: [
      "OPTIONS /resource",
      "Origin: https://app.example.com",
      "Access-Control-Request-Method: POST",
      "Access-Control-Request-Headers: content-type",
    ],
    status: 403,
    headers: [VARY],
    handlerRan: false,
  },
  {
    name: "request headers: Authorization where it is listed",
    policy: ordered,
    request: [
      "OPTIONS /resource",
      "Origin: https://app.example.com",
      "Access-Control-Request-Method: GET",
      "Access-Control-Request-Headers: authorization",
    ],
    status: 204,
    headers: [
      "Access-Control-Allow-Origin: https://app.example.com",
      "Access-Control-Allow-Methods: PURGE,PATCH,GET",
      "Access-Control-Allow-Headers: x-two,authorization,x-one",
      VARY,
    ],
    handlerRan: false,
  },
];
