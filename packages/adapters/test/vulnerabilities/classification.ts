import { createMatcher } from "@corslang/runtime";
import { expect } from "vitest";
import { FRAMEWORKS } from "../applications/frameworks.js";
import { corsLines, send } from "../http-client.js";
import { account, plain } from "../policies.js";
import { expectAnswers, FOR_PUT, FROM_APP, FROM_EVIL, PREFLIGHT_VARY } from "./absence.js";
import type { Vulnerability } from "./vulnerability.js";

const ALLOW_APP = "access-control-allow-origin: https://app.example.com";

/** What every framework answers under `enforce`: status, and whether the handler ran. */
async function expectEnforced(
  ...expected: readonly (readonly [request: readonly string[], status: number, handlerRuns: 0 | 1])[]
): Promise<void> {
  for (const [framework, start] of FRAMEWORKS) {
    const application = await start(createMatcher(plain), { enforce: true });
    for (const [[line = "", ...headerLines], status, handlerRuns] of expected) {
      const runs = application.handlerRuns();
      const answer = await send(application.port, line, ...headerLines);
      const seen = [answer.status, application.handlerRuns() - runs, corsLines(answer.headerLines)];
      expect([framework, ...seen]).toEqual([framework, status, handlerRuns, ["vary: origin"]]);
    }
    await application.close();
  }
}

/** Requests that are taken for what they are not. */
export const classificationVulnerabilities: readonly Vulnerability[] = [
  {
    id: "echo#2534, echo#3060",
    where: "labstack/echo, gin-contrib/cors",
    fault: "every OPTIONS request is taken for a preflight",
    isAbsent: () =>
      expectAnswers(
        plain,
        [["OPTIONS /resource"], [200, "vary: origin"], "handled"],
        [["OPTIONS /resource", FROM_APP], [200, ALLOW_APP, "vary: origin"], "handled"],
        [["OPTIONS /resource", FROM_EVIL], [200, "vary: origin"], "handled"],
      ),
  },
  {
    id: "echo#2732, echo#2767, echo#2782",
    where: "labstack/echo",
    fault: "requests of origins that are not listed get 401, requests of the server's own pages among them",
    async isAbsent() {
      await expectAnswers(
        plain,
        [["GET /resource", FROM_EVIL], [200, "vary: origin"], "handled"],
        [["POST /resource", FROM_EVIL], [200, "vary: origin"], "handled"],
      );
      const own = ["Host: api.example", "Origin: http://api.example"];
      await expectEnforced([["POST /resource", ...own], 200, 1]);
    },
  },
  {
    id: "rs/cors, OPTIONS without Origin",
    where: "rs/cors",
    fault: "OPTIONS with a requested method and no Origin does not reach the handler",
    isAbsent: () => expectAnswers(plain, [["OPTIONS /resource", FOR_PUT], [200, "vary: origin"], "handled"]),
  },
  {
    id: "gin-contrib/cors, origins that equal Host",
    where: "gin-contrib/cors",
    fault: "whoever sends a Host that fits the Origin passes for the server's own page",
    async isAbsent() {
      const fitting = ["Host: evil.example", "Origin: http://evil.example"];
      await expectAnswers(
        account,
        [["GET /resource", ...fitting], [200, "vary: origin"], "handled"],
        [["OPTIONS /resource", ...fitting, FOR_PUT], [403, PREFLIGHT_VARY], "not handled"],
      );
      // Under enforce such a request may reach the handler, as the browser's own page; no other page can read the answer.
      await expectEnforced([["GET /resource", ...fitting], 200, 1]);
    },
  },
  {
    id: "CVE-2022-4147",
    where: "Quarkus",
    fault: "where CORS is to enforce, requests of other origins run; the remedy refused the server's own pages",
    isAbsent: () =>
      expectEnforced(
        [["POST /resource", FROM_EVIL], 403, 0],
        [["GET /resource", FROM_EVIL], 403, 0],
        [["POST /resource", "Origin: invalid"], 403, 0],
        [["POST /resource", "Origin: null"], 403, 0],
        [["POST /resource", "Host: api.example", "Origin: http://api.example"], 200, 1],
        [["POST /resource", FROM_EVIL, "Sec-Fetch-Site: same-origin"], 200, 1],
        [["POST /resource"], 200, 1],
      ),
  },
  {
    id: "CVE-2020-5397",
    where: "Spring Framework",
    fault: "preflights of paths without a handler are passed on, without authentication",
    isAbsent: () =>
      expectAnswers(
        account,
        [["OPTIONS /missing", FROM_EVIL, FOR_PUT, "Cookie: session=1"], [403, PREFLIGHT_VARY], "not handled"],
        [["OPTIONS /failure", FROM_EVIL, FOR_PUT], [403, PREFLIGHT_VARY], "not handled"],
      ),
  },
];
