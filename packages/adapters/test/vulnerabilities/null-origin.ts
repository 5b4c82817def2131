import { createMatcher } from "@corslang/runtime";
import { expect } from "vitest";
import { anonymousPolicy, credentialedPolicy } from "../../../runtime/test/policies.js";
import { account, patterns } from "../policies.js";
import { expectAnswers, expectErrors, FOR_PUT, PREFLIGHT_VARY } from "./absence.js";
import type { Vulnerability } from "./vulnerability.js";

/** The origin of sandboxed frames, which any page can have. */
export const nullVulnerabilities: readonly Vulnerability[] = [
  {
    id: "PortSwigger, CORS vulnerability with trusted null origin",
    where: "applications that list null, or reflect it",
    fault: "a sandboxed frame of any site reads what is meant for one's own pages",
    async isAbsent() {
      expectErrors("origins null\n", "origin-null");
      expectErrors("origins unsafe null\ncredentials true\n", "origin-null");
      for (const policy of [account, patterns]) {
        await expectAnswers(
          policy,
          [["GET /resource", "Origin: null"], [200, "vary: origin"], "handled"],
          [["OPTIONS /resource", "Origin: null", FOR_PUT], [403, PREFLIGHT_VARY], "not handled"],
        );
      }
      for (const origins of [["https://*.example.com"], ["http://localhost:*"], ["capacitor://localhost"]]) {
        for (const policy of [anonymousPolicy({ origins }), credentialedPolicy({ origins })]) {
          expect(createMatcher(policy).findOrigin("null")).toBeNull();
        }
      }
    },
  },
];
