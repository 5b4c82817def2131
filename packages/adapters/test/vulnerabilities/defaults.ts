import { compile } from "@corslang/dsl";
import { createMatcher } from "@corslang/runtime";
import { expect } from "vitest";
import { account, openAll, plain } from "../policies.js";
import { expectAnswers, expectErrors, FOR_PUT, FROM_EVIL, PREFLIGHT_VARY } from "./absence.js";
import type { Vulnerability } from "./vulnerability.js";

const DEVELOPMENT = "origins https://app.example.com\nwhen development {\n  origins += http://localhost:*\n}\n";

/** Which origins the policy above allows under a profile. */
function allowedOf(profile: string | null): readonly string[] {
  const [policy] = compile(DEVELOPMENT, { profile }).policies;
  const { findOrigin } = createMatcher(policy?.compiled ?? plain);
  const asked = ["https://app.example.com", "http://localhost:5173", "http://127.0.0.1:5173", "https://evil.example"];
  return asked.filter((origin) => findOrigin(origin) !== null);
}

/** What is open before anybody has opened it. */
export const defaultVulnerabilities: readonly Vulnerability[] = [
  {
    id: "CVE-2025-24010",
    where: "Vite",
    fault: "a server for development lets every site read",
    isAbsent() {
      expectErrors("methods GET\n", "missing-origins");
      expect(allowedOf(null)).toEqual(["https://app.example.com"]);
      expect(allowedOf("development")).toEqual(["https://app.example.com", "http://localhost:5173"]);
    },
  },
  {
    id: "GHSA-67mh-4wv8-2f99",
    where: "esbuild",
    fault: "a server for development sends Allow-Origin: * with every answer",
    isAbsent: () =>
      expectAnswers(
        plain,
        [["GET /resource"], [200, "vary: origin"], "handled"],
        [["GET /missing", FROM_EVIL], [404, "vary: origin"], "not handled"],
      ),
  },
  {
    id: "CVE-2024-6221",
    where: "flask-cors",
    fault: "access to private networks is allowed, by default",
    async isAbsent() {
      const asks = "Access-Control-Request-Private-Network: true";
      await expectAnswers(account, [
        ["OPTIONS /resource", FROM_EVIL, FOR_PUT, asks],
        [403, PREFLIGHT_VARY],
        "not handled",
      ]);
      await expectAnswers(openAll, [
        ["OPTIONS /resource", FROM_EVIL, FOR_PUT, asks],
        [
          204,
          "access-control-allow-headers: *,authorization",
          "access-control-allow-methods: *",
          "access-control-allow-origin: *",
          "access-control-max-age: 86400",
          "vary: access-control-request-headers, access-control-request-method",
        ],
        "not handled",
      ]);
    },
  },
];

/** What is said to those who are denied. */
export const denialVulnerabilities: readonly Vulnerability[] = ["mailcow", "StackStorm"].map((where) => ({
  id: `${where}, the first origin`,
  where,
  fault: "who is denied is told the first origin of the list",
  isAbsent: () =>
    expectAnswers(
      account,
      [["GET /resource", FROM_EVIL], [200, "vary: origin"], "handled"],
      [["GET /resource", "Origin: null"], [200, "vary: origin"], "handled"],
      [["GET /resource"], [200, "vary: origin"], "handled"],
      [["OPTIONS /resource", FROM_EVIL, FOR_PUT], [403, PREFLIGHT_VARY], "not handled"],
    ),
}));
