import { createMatcher } from "@corslang/runtime";
import { describe, expect, test } from "vitest";
import { corsLines } from "../http-client.js";
import { account } from "../policies.js";
import { expectedAnswer } from "./expected-answer.js";
import { NESTED_APPLICATIONS, PAGES, PLACES } from "./nested-applications.js";
import { ask } from "./raw-exchange.js";

/*
 * Routers in routers, applications in applications, each with error handlers of its own: what is below the place of the
 * policy is under it, whoever makes the page, and nothing else is.
 */

const ORIGINS = [["Origin: https://app.example.com"], ["Origin: https://evil.example"], []] as const;

describe.each(PLACES)("the policy at %s", (place) => {
  test.each(NESTED_APPLICATIONS)("$framework, $how", async ({ start, errorsLeavePolicy }) => {
    const server = await start(createMatcher(account), place);
    const expected: unknown[] = [];
    const seen: unknown[] = [];
    try {
      for (const page of PAGES) {
        const answering = errorsLeavePolicy && page.madeAt ? page.madeAt : page.place;
        const isUnder = PLACES.indexOf(place) <= PLACES.indexOf(answering);
        for (const origin of ORIGINS) {
          for (const method of ["GET", "HEAD"]) {
            const request = [`${method} ${page.path}`, ...origin] as const;
            const { lines } = expectedAnswer(account, request);
            const answer = await ask(server.port, { lines: request });
            expected.push([request, page.status, isUnder ? lines : []]);
            seen.push([request, answer.status, corsLines(answer.headerLines)]);
          }
        }
        if (page.status !== 200) continue;
        for (const origin of ORIGINS.slice(0, 2)) {
          const request = [`OPTIONS ${page.path}`, ...origin, "Access-Control-Request-Method: PUT"] as const;
          const { status, lines } = expectedAnswer(account, request);
          const answer = await ask(server.port, { lines: request });
          // Where there is no policy, the page takes OPTIONS as any other method.
          expected.push([request, ...(isUnder ? [status, lines] : [200, []])]);
          seen.push([request, answer.status, corsLines(answer.headerLines)]);
        }
      }
    } finally {
      await server.close();
    }
    expect(seen).toEqual(expected);
  });
});
