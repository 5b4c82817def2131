import { createMatcher, type Matcher } from "@corslang/runtime";
import { expect } from "vitest";
import { ADAPTERS } from "../applications/adapters.js";
import { account, openAll, openRead } from "../policies.js";
import {
  expectAnswers,
  expectErrors,
  expectNoSuchPolicy,
  FOR_PUT,
  FROM_APP,
  FROM_EVIL,
  PREFLIGHT_VARY,
} from "./absence.js";
import type { Vulnerability } from "./vulnerability.js";

/** What an application writes by itself, against its policy, does not go out: not even with cookies. */
async function expectOwnHeadersUndone(): Promise<void> {
  await expectAnswers(
    account,
    [["GET /own-cors", FROM_EVIL, "Cookie: session=1"], [200, "vary: origin"], "handled"],
    [["GET /write-head-cors", FROM_EVIL, "Cookie: session=1"], [200, "vary: origin"], "handled"],
    [["OPTIONS /own-cors", FROM_EVIL, FOR_PUT], [403, PREFLIGHT_VARY], "not handled"],
  );
}

const ownHeaders: readonly Vulnerability[] = [
  ["CVE-2024-41657", "Casdoor"],
  ["CVE-2024-41659", "memos"],
  ["CVE-2026-30924", "qui"],
  ["CVE-2025-23047", "Cilium Hubble UI"],
  ["CVE-2026-45021", "Kuma"],
  ["st2#6390", "StackStorm"],
  ["zealphp#180", "zealphp"],
].map(([id = "", where = ""]) => ({
  id,
  where,
  fault: "the application reflects any origin with credentials, beside or in place of its CORS middleware",
  isAbsent: expectOwnHeadersUndone,
}));

/** A wildcard, or the lack of a configuration, that becomes any origin with credentials. */
export const reflectionVulnerabilities: readonly Vulnerability[] = [
  {
    id: "CVE-2018-20744, GO-2023-1792",
    where: "rs/cors",
    fault: "* with credentials reflects any origin",
    isAbsent() {
      expectErrors("origins *\ncredentials true\n", "wildcard-with-credentials");
      expectNoSuchPolicy({ origins: "*", credentials: true });
    },
  },
  {
    id: "CVE-2017-20146, GO-2020-0020",
    where: "gorilla/handlers",
    fault: "* is answered with the request's origin",
    isAbsent: () =>
      expectAnswers(
        openRead,
        [["GET /resource", FROM_EVIL], [200, "access-control-allow-origin: *"], "handled"],
        [
          ["OPTIONS /resource", FROM_EVIL, "Access-Control-Request-Method: GET"],
          [
            204,
            "access-control-allow-origin: *",
            "vary: access-control-request-headers, access-control-request-method",
          ],
          "not handled",
        ],
      ),
  },
  {
    id: "echo#2400, echo#2405",
    where: "labstack/echo",
    fault: "an option makes of * with credentials any origin with credentials",
    async isAbsent() {
      for (const [, start] of ADAPTERS) {
        const options: object = { unsafeWildcardOriginWithAllowCredentials: true };
        await expect(async () => await start(createMatcher(openRead), options)).rejects.toThrow(TypeError);
      }
      expectErrors("origins unsafe *\ncredentials true\n", "wildcard-with-credentials");
    },
  },
  {
    id: "go-chi/cors#6",
    where: "go-chi/cors",
    fault: "* and credentials, each allowed by itself, are not seen together",
    isAbsent() {
      expectErrors("origins *\nwhen production {\n  credentials true\n}\n", "wildcard-with-credentials");
      const base = "policy base {\n  origins *\n}\n\n";
      expectErrors(`${base}policy account extends base {\n  credentials true\n}\n`, "wildcard-with-credentials");
    },
  },
  {
    id: "CVE-2024-25124, GO-2024-2574, GHSA-fmg4-x8pw-hjhg",
    where: "gofiber/fiber",
    fault: "* is accepted with credentials, in any of the lists",
    isAbsent() {
      for (const list of ["methods", "headers", "expose"]) {
        const members = { origins: ["https://app.example.com"], credentials: true };
        expectNoSuchPolicy({ ...members, [list]: "*" });
        expectNoSuchPolicy({ ...members, [list]: ["*"] });
      }
      expectNoSuchPolicy({ origins: ["*"], credentials: true });
    },
  },
  {
    id: "CVE-2021-39185, GHSA-52cf-226f-rhr6",
    where: "http4s",
    fault: "any origin by default, null too; denied requests get 403, Allow-Credentials: false and no Vary",
    async isAbsent() {
      expectErrors("credentials true\n", "missing-origins");
      const denied = [200, "vary: origin"];
      await expectAnswers(
        account,
        [["GET /resource", FROM_EVIL], denied, "handled"],
        [["GET /resource", "Origin: null"], denied, "handled"],
        [["OPTIONS /resource", "Origin: null", FOR_PUT], [403, PREFLIGHT_VARY], "not handled"],
      );
    },
  },
  {
    id: "CVE-2018-8014, GHSA-r4x2-3cq5-hqvp",
    where: "Apache Tomcat",
    fault: "credentials for all origins, by default",
    async isAbsent() {
      expectErrors("methods GET\n", "missing-origins");
      for (const policy of [openRead, openAll]) {
        const exposed = policy === openAll ? ["access-control-expose-headers: *"] : [];
        await expectAnswers(policy, [
          ["GET /resource", FROM_EVIL],
          [200, "access-control-allow-origin: *", ...exposed],
          "handled",
        ]);
      }
    },
  },
  {
    id: "CVE-2023-49803, GHSA-qxrj-hx23-xp82",
    where: "@koa/cors",
    fault: "without a configuration any origin is reflected",
    async isAbsent() {
      for (const [, start] of ADAPTERS) {
        // The casts do not hold: that is what is tested.
        await expect(async () => await start(undefined as unknown as Matcher)).rejects.toThrow(TypeError);
        await expect(async () => await start({} as Matcher)).rejects.toThrow(TypeError);
      }
    },
  },
  {
    id: "CVE-2026-54290, GHSA-88fw-hqm2-52qc",
    where: "Hono",
    fault: "* with credentials is mended by reflecting any origin, and no longer refused",
    async isAbsent() {
      expectErrors("origins [\n  *\n]\ncredentials true\n", "wildcard-with-credentials");
      expectNoSuchPolicy({ origins: "*", credentials: true });
      await expectAnswers(
        account,
        [["GET /resource", FROM_EVIL], [200, "vary: origin"], "handled"],
        [
          ["GET /resource", FROM_APP],
          [
            200,
            "access-control-allow-credentials: true",
            "access-control-allow-origin: https://app.example.com",
            "access-control-expose-headers: ETag,X-Total",
            "vary: origin",
          ],
          "handled",
        ],
      );
    },
  },
  ...ownHeaders,
  {
    id: "rs/cors#197",
    where: "rs/cors",
    fault: "h* with credentials reflects every http and https origin, past the ban of *",
    isAbsent() {
      for (const pattern of ["h*", "http*", "https*", "https://*", "*://*", "*.com", "https://*com"]) {
        expectNoSuchPolicy({ origins: [pattern], credentials: true });
      }
      expectErrors("origins https://*\ncredentials true\n", "origin-wildcard");
    },
  },
];
