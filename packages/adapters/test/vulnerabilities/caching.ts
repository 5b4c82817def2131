import { expect } from "vitest";
import { anonymousPolicy } from "../../../runtime/test/policies.js";
import { askEveryFramework } from "../applications/frameworks.js";
import { corsLines } from "../http-client.js";
import { plain } from "../policies.js";
import { expectAnswers, FOR_PUT, FROM_APP, FROM_EVIL, PREFLIGHT_VARY } from "./absence.js";
import type { Vulnerability } from "./vulnerability.js";

const ALLOW_APP = "access-control-allow-origin: https://app.example.com";
const FOR_GET = "Access-Control-Request-Method: GET";

/** Whatever a request is, its answer says that it depends on Origin. */
function expectVary(origins: readonly string[]): Promise<void> {
  return expectAnswers(
    anonymousPolicy({ origins }),
    [["GET /resource", FROM_APP], [200, ALLOW_APP, "vary: origin"], "handled"],
    [["GET /resource", FROM_EVIL], [200, "vary: origin"], "handled"],
    [["GET /resource"], [200, "vary: origin"], "handled"],
    [["OPTIONS /resource"], [200, "vary: origin"], "handled"],
    [["OPTIONS /resource", FROM_APP, FOR_GET], [204, ALLOW_APP, PREFLIGHT_VARY], "not handled"],
    [["OPTIONS /resource", FROM_EVIL, FOR_GET], [403, PREFLIGHT_VARY], "not handled"],
  );
}

/** Answers that a cache gives to others than they are for. */
export const cachingVulnerabilities: readonly Vulnerability[] = [
  {
    id: "Play Framework 20171005-CorsVaryHeader",
    where: "Play Framework",
    fault: "no Vary: Origin: a cache gives one page's answer to another's",
    isAbsent: () => expectVary(["https://app.example.com", "https://admin.example.com"]),
  },
  {
    id: "rs/cors#10",
    where: "rs/cors",
    fault: "no Vary: Origin where the request has no Origin or is denied",
    isAbsent: () => expectVary(["https://app.example.com"]),
  },
  {
    id: "rs/cors#157, go-chi/cors#23",
    where: "rs/cors, go-chi/cors",
    fault: "a function decides by headers that Vary does not name",
    async isAbsent() {
      const others = [
        "Cookie: admin=1",
        "Authorization: x",
        "Referer: https://app.example.com/",
        "X-Tenant: app",
        "Host: app",
      ];
      const requests = [FROM_APP, FROM_EVIL].flatMap((from) => [
        ["GET /resource", from],
        ...others.map((other) => ["GET /resource", from, other]),
      ]);
      for (const answers of await askEveryFramework(plain, ...requests)) {
        const lines = answers.map(({ headerLines }) => corsLines(headerLines));
        expect(lines).toEqual([...Array(6).fill([ALLOW_APP, "vary: origin"]), ...Array(6).fill(["vary: origin"])]);
      }
    },
  },
  {
    id: "hono#2932, hono#4471",
    where: "Hono",
    fault: "the application's Vary is overwritten",
    isAbsent: () =>
      expectAnswers(
        plain,
        [["GET /own-vary", FROM_APP], [200, ALLOW_APP, "vary: accept, accept-encoding, origin"], "handled"],
        [["GET /own-vary-origin", FROM_EVIL], [200, "vary: accept, origin"], "handled"],
        [["GET /own-vary-star", FROM_EVIL], [200, "vary: *"], "handled"],
      ),
  },
  {
    id: "opencode#26445",
    where: "effect-smol",
    fault: "a preflight's Vary: Origin is overwritten by that for the requested headers",
    isAbsent: () =>
      expectAnswers(anonymousPolicy({ origins: ["https://app.example.com"], methods: ["PUT"], headers: ["x-one"] }), [
        ["OPTIONS /own-vary", FROM_APP, FOR_PUT, "Access-Control-Request-Headers: x-one"],
        [204, "access-control-allow-headers: x-one", "access-control-allow-methods: PUT", ALLOW_APP, PREFLIGHT_VARY],
        "not handled",
      ]),
  },
  {
    id: "sanic-ext#274",
    where: "sanic-ext",
    fault: "no Vary: Origin where the only origin is a pattern",
    isAbsent: () => expectVary(["https://*.example.com"]),
  },
  {
    id: "vertx-web#2882",
    where: "vert.x-web",
    fault: "no Vary: Origin for preflights",
    isAbsent: () => expectVary(["https://app.example.com", "https://*.example.net"]),
  },
];
