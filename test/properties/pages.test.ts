import { type CompiledPolicy, type CorsRequest, createMatcher, type Header } from "@corslang/runtime";
import { createMatcherServer, simulateFetch } from "@corslang/runtime/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Page, pagesNear } from "./generators/pages.js";
import { policies } from "./generators/policies.js";
import { expectToFail, expectToHold, SEED } from "./generators/seed.js";
import { judgePage, type Verdict } from "./page-reference.js";

/* The model of the browser, with the runtime behind it, lets a page do what a plain reference says that it may. */

const APPLICATION = {
  status: 200,
  headers: [
    ["Content-Type", "text/plain"],
    ["ETag", '"1"'],
    ["Location", "/"],
    ["X-Request-Id", "1"],
    ["X-Secret", "1"],
    ["Set-Cookie", "a=b"],
  ],
} as const;
const OWN_NAMES = APPLICATION.headers.map(([name]) => name);

type Server = ReturnType<typeof createMatcherServer>;
type MakeServer = (policy: CompiledPolicy) => Server;

/** The application behind the policy. */
const serverOf: MakeServer = (policy) => createMatcherServer(createMatcher(policy), APPLICATION);

function experienceOf({ request }: Page, server: Server): Verdict {
  const experience = simulateFetch(request, server);
  switch (experience.outcome) {
    case "refused":
    case "preflight-failed":
      return { outcome: experience.outcome };
    case "blocked":
      return { outcome: experience.outcome, preflight: experience.preflight !== null };
    case "readable": {
      const preflight = experience.preflight !== null;
      // CORS's own headers are another matter: what `*` exposes of them is not the application's.
      const headerNames = experience.headerNames.filter((name) => !/^(access-control-|vary$)/.test(name));
      return { outcome: experience.outcome, preflight, headerNames };
    }
  }
}

const seen = new Map<string, number>();

function agreement(makeServer: MakeServer): fc.IProperty<[[CompiledPolicy, readonly Page[]]]> {
  return fc.property(
    policies.chain((policy) =>
      fc.tuple(fc.constant(policy), fc.array(pagesNear(policy), { minLength: 1, maxLength: 30 })),
    ),
    ([policy, pages]) => {
      const server = makeServer(policy);
      for (const page of pages) {
        const expected = judgePage(policy, page, OWN_NAMES);
        const { outcome } = expected;
        const kind = "preflight" in expected && expected.preflight ? `${outcome} after a preflight` : outcome;
        seen.set(kind, (seen.get(kind) ?? 0) + 1);
        expect(experienceOf(page, server), JSON.stringify(page.request)).toEqual(expected);
      }
    },
  );
}

describe(`pages, CORSLANG_SEED=${SEED}`, () => {
  test("experience what the reference says, and every kind of experience often", async () => {
    seen.clear();
    await expectToHold(agreement(serverOf), 1500);
    console.info(`CORSLANG_SEED=${SEED}: ${JSON.stringify(Object.fromEntries(seen))}`);
    const kinds = ["refused", "preflight-failed", "blocked", "readable", "readable after a preflight"];
    expect(kinds.filter((kind) => (seen.get(kind) ?? 0) < 200)).toEqual([]);
  });
});

describe("a planted bug is found", () => {
  function withHeaders(change: (headers: readonly Header[], request: CorsRequest) => readonly Header[]): MakeServer {
    return (policy) => {
      const server = serverOf(policy);
      return (request) => {
        const { status, headers } = server(request);
        return { status, headers: change(headers, request) };
      };
    };
  }
  function without(name: string): MakeServer {
    return withHeaders((headers) => headers.filter((header) => header[0] !== name));
  }
  function withPolicy(change: (policy: CompiledPolicy) => Partial<CompiledPolicy>): MakeServer {
    // The cast holds for the bugs below: none puts a star where credentials are.
    return (policy) => serverOf({ ...policy, ...change(policy) } as CompiledPolicy);
  }
  const BUGS: Readonly<Record<string, MakeServer>> = {
    "any origin is reflected": withHeaders((headers, { origin }) => [
      ...headers.filter(([name]) => name !== "Access-Control-Allow-Origin"),
      ["Access-Control-Allow-Origin", origin ?? "*"],
    ]),
    "null is always allowed": withPolicy(({ origins }) => (origins === "*" ? {} : { origins: [...origins, "null"] })),
    "Allow-Credentials is missing": without("Access-Control-Allow-Credentials"),
    "Allow-Credentials is always there": withHeaders((headers) => [
      ...headers.filter(([name]) => name !== "Access-Control-Allow-Credentials"),
      ["Access-Control-Allow-Credentials", "true"],
    ]),
    "Allow-Methods is missing": without("Access-Control-Allow-Methods"),
    "Allow-Headers is missing": without("Access-Control-Allow-Headers"),
    "the last header of the list is missing": withPolicy(({ headers }) =>
      headers === "*" ? {} : { headers: headers.slice(0, -1) },
    ),
    "Expose-Headers is missing": without("Access-Control-Expose-Headers"),
    "PUT is always allowed": withPolicy(({ methods }) => (methods === "*" ? {} : { methods: [...methods, "PUT"] })),
    "preflights are answered by another list": (policy) => {
      const honest = serverOf(policy);
      const open = withPolicy(() => ({ headers: ["x-evil", "authorization", "content-type", "x-request-id"] }))(policy);
      return (request) => (request.method === "OPTIONS" ? open(request) : honest(request));
    },
  };

  test.each(Object.entries(BUGS))("%s", async (_name, makeServer) => {
    await expectToFail(agreement(makeServer), 1500);
  });
});
