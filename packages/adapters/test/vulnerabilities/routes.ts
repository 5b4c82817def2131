import { compile } from "@corslang/dsl";
import { createMatcher } from "@corslang/runtime";
import { expect } from "vitest";
import { FASTIFY_NESTED, NESTED } from "../applications/nested.js";
import { corsLines, send } from "../http-client.js";
import { openRead, plain } from "../policies.js";
import { FROM_APP, FROM_EVIL } from "./absence.js";
import { PRIVATE_ROUTES } from "./private-route.js";
import type { Vulnerability } from "./vulnerability.js";

/**
 * By whatever path a private route is reached, its own policy decides. The language has no paths: where a policy holds is
 * said with the framework's own router, so that nothing can read a path in two ways.
 */
async function expectOwnPolicy(...paths: readonly string[]): Promise<void> {
  for (const [framework, start] of PRIVATE_ROUTES) {
    const server = await start(createMatcher(openRead), createMatcher(plain));
    const answers = new Map<string, readonly string[]>();
    for (const path of ["/private", "/public", ...paths]) {
      const { body, headerLines } = await send(server.port, `GET ${path}`, FROM_EVIL);
      if (body === "private") answers.set(path, corsLines(headerLines));
      else expect([framework, path, body === "public" || path !== "/public"]).toEqual([framework, path, true]);
    }
    await server.close();
    expect([framework, answers.get("/private")]).toEqual([framework, ["vary: origin"]]);
    for (const [path, lines] of answers) expect([framework, path, lines]).toEqual([framework, path, ["vary: origin"]]);
  }
}

/** Of two policies on a request's way the inner one decides alone. */
async function expectInnerDecides(): Promise<void> {
  for (const [framework, start] of [...NESTED, ...FASTIFY_NESTED]) {
    const server = await start([createMatcher(openRead)], [createMatcher(plain)]);
    const answers = [FROM_EVIL, FROM_APP].map((from) => send(server.port, "GET /inner", from));
    const [denied, allowed] = await Promise.all(answers);
    await server.close();
    expect([framework, corsLines(denied?.headerLines ?? [])]).toEqual([framework, ["vary: origin"]]);
    expect([framework, corsLines(allowed?.headerLines ?? [])]).toEqual([
      framework,
      ["access-control-allow-origin: https://app.example.com", "vary: origin"],
    ]);
  }
}

const TRAVERSALS = ["/public/../private", "/public/%2e%2e/private", "/public/..%2fprivate", "/public/.%2e/private"];

/** Rules for paths that are read otherwise than by the router. */
export const routeVulnerabilities: readonly Vulnerability[] = [
  {
    id: "CVE-2019-18978",
    where: "rack-cors",
    fault: "/public/../private is under the rule for /public",
    isAbsent: () => expectOwnPolicy(...TRAVERSALS),
  },
  {
    id: "CVE-2020-25032, PYSEC-2020-43",
    where: "flask-cors",
    fault: "/public/../private is under the rule for /public",
    isAbsent: () => expectOwnPolicy(...TRAVERSALS, "/./private", "//private", "/public//../private", "/x/../private"),
  },
  {
    id: "CVE-2024-6839",
    where: "flask-cors",
    fault: "of two rules the one with the longer expression wins, not the narrower one",
    isAbsent: expectInnerDecides,
  },
  {
    id: "CVE-2024-6844",
    where: "flask-cors",
    fault: "a + in the path is read as a blank",
    isAbsent: () => expectOwnPolicy("/private+", "/+private", "/private%20", "/private%2b", "/pri+vate"),
  },
  {
    id: "CVE-2024-6866",
    where: "flask-cors",
    fault: "paths are compared without case, where the router does not",
    isAbsent: () =>
      expectOwnPolicy(
        "/PRIVATE",
        "/Private",
        "/privatE/",
        "/private/",
        "/%70rivate",
        "/%50RIVATE",
        "/private;x",
        "/private?/public",
      ),
  },
  {
    id: "CVE-2015-9236",
    where: "hapi",
    fault: "an outer layer's settings fill what a stricter inner one leaves out",
    isAbsent: expectInnerDecides,
  },
  {
    id: "CVE-2015-9243",
    where: "hapi",
    fault: "merging layers widens: the permissive one's lists stay",
    async isAbsent() {
      await expectInnerDecides();
      const source = `policy base {
  origins     https://app.example.com, https://admin.example.com
  methods     PUT, DELETE
  headers     Content-Type
  credentials true
}

policy strict extends base {
  origins     https://app.example.com
  methods     none
  headers     none
  credentials false
}
`;
      const strict = compile(source).policies.find(({ compiled }) => compiled.name === "strict");
      expect(strict?.compiled).toEqual({ ...plain, name: "strict" });
    },
  },
];
