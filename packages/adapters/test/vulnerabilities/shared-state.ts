import { execFileSync } from "node:child_process";
import { cors } from "@corslang/adapters/express";
import { createMatcher } from "@corslang/runtime";
import express from "express";
import { expect } from "vitest";
import { credentialedPolicy } from "../../../runtime/test/policies.js";
import { serve } from "../applications/application.js";
import { createApplication, listenerOf } from "../applications/express.js";
import { corsLines, send } from "../http-client.js";
import { account, openLists, patterns } from "../policies.js";
import { FOR_PUT, FROM_APP } from "./absence.js";
import type { Vulnerability } from "./vulnerability.js";

/** What requests, or copies of a policy, share and change. */
export const sharedStateVulnerabilities: readonly Vulnerability[] = [
  {
    id: "jub0bs/cors#14",
    where: "jub0bs/cors",
    fault: "what another middleware writes into an answer's headers is in all later answers",
    async isAbsent() {
      const application = createApplication(express);
      application.use((_request, response, next) => {
        const { writeHead } = response;
        response.writeHead = (...parameters: unknown[]) => {
          // A middleware further out changes all that it gets hold of.
          for (const parameter of parameters) if (Array.isArray(parameter)) parameter.fill("evil");
          Reflect.apply(writeHead, response, parameters.slice(0, 1));
          return response;
        };
        next();
      });
      application.use(cors(createMatcher(account)));
      application.use((_request, response) => void response.send("handled"));
      const server = await serve(listenerOf(application));
      const answers: (readonly string[])[] = [];
      for (let count = 0; count < 3; count++) {
        answers.push(corsLines((await send(server.port, "GET /", FROM_APP)).headerLines));
        await send(server.port, "OPTIONS /", FROM_APP, FOR_PUT);
      }
      await server.close();
      expect(answers[0]).toContain("access-control-allow-origin: https://app.example.com");
      expect(answers).toEqual([answers[0], answers[0], answers[0]]);
      const request = { method: "GET", origin: "https://app.example.com", requestMethod: null, requestHeaders: null };
      const { headers } = createMatcher(account).decide(request);
      expect([headers, ...headers].every(Object.isFrozen)).toBe(true);
    },
  },
  {
    id: "jub0bs/cors 0.11.0 to 0.12.1",
    where: "jub0bs/cors",
    fault: "a policy that is read back and set again has lost its max-age, and IPv6 its brackets",
    isAbsent() {
      const addresses = credentialedPolicy({ origins: ["http://[::1]:90", "https://[2001:db8::1]"], maxAge: 30 });
      for (const policy of [account, openLists, patterns, addresses]) {
        const again = createMatcher(JSON.parse(JSON.stringify(createMatcher(policy).policy)));
        expect(again.policy).toEqual(policy);
        for (const origin of policy.origins) if (!origin.includes("*")) expect(again.findOrigin(origin)).toBe(origin);
      }
    },
  },
];

/** What is in a package beside its code. */
export const packagingVulnerabilities: readonly Vulnerability[] = [
  {
    id: "CVE-2024-27456",
    where: "rack-cors",
    fault: "the package's files can be written by everybody",
    isAbsent() {
      for (const name of ["runtime", "adapters", "dsl"]) {
        const cwd = new URL(`../../../${name}`, import.meta.url);
        const parameters = ["pack", "--dry-run", "--json", "--ignore-scripts"];
        const report: unknown = JSON.parse(execFileSync("npm", parameters, { cwd, encoding: "utf8", stdio: "pipe" }));
        // The casts hold: that is what the command prints, as a list or, in later versions, by the package's name.
        const [{ files }] = Object.values(report as object) as [{ files: readonly { path: string; mode: number }[] }];
        expect(files.length).toBeGreaterThan(2);
        expect(files.filter(({ mode }) => (mode & 0o022) !== 0)).toEqual([]);
      }
    },
  },
];
