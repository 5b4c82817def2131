import type { Exchange } from "../conformance.js";
import { account, nobody, openLists, plain } from "../policies.js";

const VARY = "Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers";
/** For `origins *`, where the answer does not depend on the origin. */
const VARY_OF_ANY_ORIGIN = "Vary: Access-Control-Request-Method, Access-Control-Request-Headers";
const FROM_APP = "Origin: https://app.example.com";
const FROM_EVIL = "Origin: https://evil.example";

/** Preflights that fail: the handler never runs. */
export const failedPreflightExchanges: readonly Exchange[] = [
  {
    name: "failed by the origin: the same Vary and no CORS header",
    policy: account,
    request: ["OPTIONS /resource", FROM_EVIL, "Access-Control-Request-Method: PUT"],
    status: 403,
    headers: [VARY],
    handlerRan: false,
  },
  {
    name: "failed by the origin, for a path without an OPTIONS handler",
    policy: account,
    request: ["OPTIONS /without-options", FROM_EVIL, "Access-Control-Request-Method: PUT"],
    status: 403,
    headers: [VARY],
    handlerRan: false,
  },
  {
    name: "failed by the origin, origins none",
    policy: nobody,
    request: ["OPTIONS /resource", FROM_APP, "Access-Control-Request-Method: PUT"],
    status: 403,
    headers: [VARY],
    handlerRan: false,
  },
  {
    name: "failed by the origin, null where it is not listed",
    policy: account,
    request: ["OPTIONS /resource", "Origin: null", "Access-Control-Request-Method: PUT"],
    status: 403,
    headers: [VARY],
    handlerRan: false,
  },
  {
    name: "failed by the origin, an empty one: the header is present, so it is a preflight",
    policy: account,
    request: ["OPTIONS /resource", "Origin: ", "Access-Control-Request-Method: PUT"],
    status: 403,
    headers: [VARY],
    handlerRan: false,
  },
  {
    name: "failed by the origin, a malformed one",
    policy: account,
    request: ["OPTIONS /resource", "Origin: https://app.example.com/", "Access-Control-Request-Method: PUT"],
    status: 403,
    headers: [VARY],
    handlerRan: false,
  },
  {
    name: "failed by the method",
    policy: account,
    request: ["OPTIONS /resource", FROM_APP, "Access-Control-Request-Method: PATCH"],
    status: 403,
    headers: [VARY],
    handlerRan: false,
  },
  {
    name: "failed by the method, under a policy without methods",
    policy: plain,
    request: ["OPTIONS /resource", FROM_APP, "Access-Control-Request-Method: PUT"],
    status: 403,
    headers: [VARY],
    handlerRan: false,
  },
  {
    name: "failed by the method, methods are compared byte for byte",
    policy: account,
    request: ["OPTIONS /resource", FROM_APP, "Access-Control-Request-Method: put"],
    status: 403,
    headers: [VARY],
    handlerRan: false,
  },
  {
    name: "failed by the method, get is not GET",
    policy: plain,
    request: ["OPTIONS /resource", FROM_APP, "Access-Control-Request-Method: get"],
    status: 403,
    headers: [VARY],
    handlerRan: false,
  },
  {
    name: "failed by the method, an empty one: the header is present, so it is a preflight",
    policy: account,
    request: ["OPTIONS /resource", FROM_APP, "Access-Control-Request-Method: "],
    status: 403,
    headers: [VARY],
    handlerRan: false,
  },
  {
    name: "failed by the method, one that is no token",
    policy: account,
    request: ["OPTIONS /resource", FROM_APP, "Access-Control-Request-Method: PUT DELETE"],
    status: 403,
    headers: [VARY],
    handlerRan: false,
  },
  {
    name: "failed by the method, two lines, both allowed by themselves",
    policy: account,
    request: [
      "OPTIONS /resource",
      FROM_APP,
      "Access-Control-Request-Method: PUT",
      "Access-Control-Request-Method: DELETE",
    ],
    status: 403,
    headers: [VARY],
    handlerRan: false,
  },
  {
    name: "failed by the method, a name that every object has",
    policy: account,
    request: ["OPTIONS /resource", FROM_APP, "Access-Control-Request-Method: constructor"],
    status: 403,
    headers: [VARY],
    handlerRan: false,
  },
  {
    name: "failed by the method, origins *: Vary without Origin",
    policy: openLists,
    request: ["OPTIONS /resource", FROM_APP, "Access-Control-Request-Method: DELETE"],
    status: 403,
    headers: [VARY_OF_ANY_ORIGIN],
    handlerRan: false,
  },
  {
    name: "failed by a header",
    policy: account,
    request: [
      "OPTIONS /resource",
      FROM_APP,
      "Access-Control-Request-Method: PUT",
      "Access-Control-Request-Headers: content-type,x-unlisted",
    ],
    status: 403,
    headers: [VARY],
    handlerRan: false,
  },
];
