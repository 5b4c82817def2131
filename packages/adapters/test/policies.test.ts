import { createMatcher, type Matcher } from "@corslang/runtime";
import { afterEach, describe, expect, test } from "vitest";
import type { DecisionReport } from "../src/express.js";
import type { Listening } from "./applications/application.js";
import { FASTIFY_NESTED, type Mount, NESTED, type StartNested } from "./applications/nested.js";
import { corsLines, send } from "./http-client.js";
import { account, listedOrigins, nobody, openLists, openRead, plain } from "./policies.js";

/*
 * Several policies on one request's way. What is decided where is said in docs/adapters.md, "Several policies".
 */

const APP = "Origin: https://app.example.com";
const PARTNER = "Origin: https://partner.example";
const FOR_PUT = "Access-Control-Request-Method: PUT";
const ALLOW_APP = "access-control-allow-origin: https://app.example.com";
const ALLOW_PARTNER = "access-control-allow-origin: https://partner.example";
const PREFLIGHT_VARY = "vary: access-control-request-headers, access-control-request-method, origin";
const OPEN_PREFLIGHT_VARY = "vary: access-control-request-headers, access-control-request-method";
const ALLOWED_BY_ACCOUNT = [
  "access-control-allow-credentials: true",
  ALLOW_APP,
  "access-control-expose-headers: ETag,X-Total",
  "vary: origin",
];

const partner = { ...plain, name: "partner", origins: ["https://partner.example"], methods: ["PUT"] };

const servers: Listening[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

type Ask = (...request: readonly string[]) => Promise<readonly [status: number, lines: readonly string[]]>;

async function ask(start: StartNested, outer: Mount, inner: Mount): Promise<Ask> {
  const server = await start(outer, inner);
  servers.push(server);
  return async (...request) => {
    const { status, headerLines } = await send(server.port, ...request);
    return [status, corsLines(headerLines)];
  };
}

function matchers(...policies: readonly Parameters<typeof createMatcher>[0][]): readonly Matcher[] {
  return policies.map(createMatcher);
}

describe.each([...NESTED, ...FASTIFY_NESTED])(
  "%s: the inner policy decides alone, and the outer's headers are gone",
  (_framework, start) => {
    test.each([
      ["the outer allows all, the inner nobody", openRead, nobody, APP, ["vary: origin"]],
      ["the outer allows with credentials, the inner denies", account, partner, APP, ["vary: origin"]],
      [
        "the outer exposes and has credentials, the inner has neither",
        account,
        plain,
        APP,
        [ALLOW_APP, "vary: origin"],
      ],
      ["the outer denies, the inner allows", account, partner, PARTNER, [ALLOW_PARTNER, "vary: origin"]],
      ["the outer allows nobody, the inner all", nobody, openRead, PARTNER, ["access-control-allow-origin: *"]],
      [
        "the outer is open, the inner exposes other headers with credentials",
        listedOrigins,
        account,
        APP,
        ALLOWED_BY_ACCOUNT,
      ],
      ["not CORS: the outer sends its headers to all, the inner none", openLists, plain, "X-None: 1", ["vary: origin"]],
      [
        "not CORS: the outer sends none, the inner to all",
        plain,
        openRead,
        "X-None: 1",
        ["access-control-allow-origin: *"],
      ],
    ])("%s", async (_name, outer, inner, origin, lines) => {
      const request = await ask(start, [createMatcher(outer)], [createMatcher(inner)]);
      expect(await request("GET /inner", origin)).toEqual([200, lines]);
    });

    test("elsewhere the outer one decides", async () => {
      const request = await ask(start, [createMatcher(account)], [createMatcher(openRead)]);
      expect(await request("GET /outer", APP)).toEqual([200, ALLOWED_BY_ACCOUNT]);
      expect(await request("GET /outer", PARTNER)).toEqual([200, ["vary: origin"]]);
    });
  },
);

describe.each(NESTED)("%s: the outer policy", (_framework, start) => {
  test("answers the preflights of both", async () => {
    const request = await ask(start, [createMatcher(openLists)], [createMatcher(partner)]);
    const passed = [
      204,
      [
        "access-control-allow-headers: x-request-id,content-type",
        "access-control-allow-methods: PATCH,PUT",
        "access-control-allow-origin: *",
        "access-control-max-age: 0",
        OPEN_PREFLIGHT_VARY,
      ],
    ];
    for (const path of ["/inner", "/outer"]) {
      for (const origin of [APP, PARTNER]) expect(await request(`OPTIONS ${path}`, origin, FOR_PUT)).toEqual(passed);
    }
    // What the preflight promised, the answer to the request itself does not keep.
    expect(await request("PUT /inner", APP)).toEqual([200, ["vary: origin"]]);
  });

  test("fails preflights that the inner one would pass", async () => {
    const request = await ask(start, [createMatcher(plain)], [createMatcher(partner)]);
    expect(await request("OPTIONS /inner", PARTNER, FOR_PUT)).toEqual([403, [PREFLIGHT_VARY]]);
    expect(await request("PUT /inner", PARTNER)).toEqual([200, [ALLOW_PARTNER, "vary: origin"]]);
  });

  test("with enforcement refuses what the inner one would allow", async () => {
    const request = await ask(start, [createMatcher(plain), { enforce: true }], [createMatcher(partner)]);
    expect(await request("GET /inner", PARTNER)).toEqual([403, ["vary: origin"]]);
    // What it lets through the inner one decides, here without enforcement.
    expect(await request("GET /inner", APP)).toEqual([200, ["vary: origin"]]);
  });

  test("is followed by an inner one that refuses what it has allowed", async () => {
    const request = await ask(start, [createMatcher(openLists)], [createMatcher(partner), { enforce: true }]);
    expect(await request("GET /inner", APP)).toEqual([403, ["vary: origin"]]);
    expect(await request("GET /inner", PARTNER)).toEqual([200, [ALLOW_PARTNER, "vary: origin"]]);
    expect(await request("GET /outer", APP)).toEqual([
      200,
      ["access-control-allow-origin: *", "access-control-expose-headers: ETag"],
    ]);
  });

  test("is reported before the inner one, each by itself", async () => {
    const reports: DecisionReport[] = [];
    const onDecision = (report: DecisionReport) => void reports.push(report);
    const [outer, inner] = matchers(plain, partner);
    if (!outer || !inner) throw new Error("two policies make two matchers");
    const request = await ask(start, [outer, { onDecision }], [inner, { onDecision }]);
    await request("GET /inner", PARTNER);
    await request("OPTIONS /inner", PARTNER, FOR_PUT);
    expect(reports.map(({ policy, outcome }) => [policy, outcome])).toEqual([
      ["plain", "actual-denied"],
      ["partner", "actual-allowed"],
      ["plain", "preflight-failed"],
    ]);
  });
});

describe.each(FASTIFY_NESTED)("%s", (_how, start) => {
  test("each policy answers its own preflights", async () => {
    const request = await ask(start, [createMatcher(plain)], [createMatcher(partner)]);
    expect(await request("OPTIONS /inner", PARTNER, FOR_PUT)).toEqual([
      204,
      ["access-control-allow-methods: PUT", ALLOW_PARTNER, PREFLIGHT_VARY],
    ]);
    expect(await request("OPTIONS /inner", APP, FOR_PUT)).toEqual([403, [PREFLIGHT_VARY]]);
    expect(await request("OPTIONS /outer", APP, "Access-Control-Request-Method: GET")).toEqual([
      204,
      [ALLOW_APP, PREFLIGHT_VARY],
    ]);
  });

  test("the policy that decides is the one that is reported", async () => {
    const reports: string[] = [];
    const options = { onDecision: ({ policy }: DecisionReport) => void reports.push(policy) };
    const request = await ask(start, [createMatcher(plain), options], [createMatcher(partner), options]);
    await request("GET /inner", PARTNER);
    await request("OPTIONS /inner", PARTNER, FOR_PUT);
    await request("GET /outer", PARTNER);
    expect(reports).toEqual(["partner", "partner", "plain"]);
  });
});

describe("enforcement in Fastify is the registration's", () => {
  const [[, startScope] = [], [, startRoute] = []] = FASTIFY_NESTED;

  test("a scope within has its own", async () => {
    const start = startScope ?? expect.fail();
    const outer = await ask(start, [createMatcher(plain), { enforce: true }], [createMatcher(partner)]);
    expect(await outer("GET /inner", PARTNER)).toEqual([200, [ALLOW_PARTNER, "vary: origin"]]);
    expect(await outer("GET /inner", APP)).toEqual([200, ["vary: origin"]]);
    expect(await outer("GET /outer", PARTNER)).toEqual([403, ["vary: origin"]]);
    const inner = await ask(start, [createMatcher(plain)], [createMatcher(partner), { enforce: true }]);
    expect(await inner("GET /inner", APP)).toEqual([403, ["vary: origin"]]);
    expect(await inner("GET /outer", PARTNER)).toEqual([200, ["vary: origin"]]);
  });

  test("a route with a policy of its own is under it", async () => {
    const start = startRoute ?? expect.fail();
    const request = await ask(start, [createMatcher(plain), { enforce: true }], [createMatcher(partner)]);
    expect(await request("GET /inner", PARTNER)).toEqual([200, [ALLOW_PARTNER, "vary: origin"]]);
    expect(await request("GET /inner", APP)).toEqual([403, ["vary: origin"]]);
  });
});
