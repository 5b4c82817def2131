import { createMatcher } from "@corslang/runtime";
import { expect } from "vitest";
import { askEveryFramework } from "../applications/frameworks.js";
import { corsLines, valuesOf } from "../http-client.js";
import { account, patterns, plain } from "../policies.js";
import type { Defect } from "./defect.js";

const FROM_APP = "Origin: https://app.example.com";
const FOR_PUT = "Access-Control-Request-Method: PUT";

async function expectDenied(policy: typeof account, ...origins: readonly string[]): Promise<void> {
  const requests = origins.map((origin) => ["GET /resource", `Origin: ${origin}`]);
  for (const answers of await askEveryFramework(policy, ...requests)) {
    for (const { headerLines } of answers) expect(corsLines(headerLines)).toEqual(["vary: origin"]);
  }
}

/** Defects in telling which requests are allowed. */
export const matchingDefects: readonly Defect[] = [
  {
    number: 7,
    defect: "a list that is kept in an object has the names that every object has",
    async isAbsent() {
      await expectDenied(account, "constructor", "__proto__", "toString");
      const preflight = ["OPTIONS /resource", FROM_APP];
      const requests = [
        [...preflight, "Access-Control-Request-Method: constructor"],
        [...preflight, FOR_PUT, "Access-Control-Request-Headers: __proto__"],
      ];
      for (const answers of await askEveryFramework(account, ...requests)) {
        expect(answers.map(({ status }) => status)).toEqual([403, 403]);
      }
    },
  },
  {
    number: 8,
    defect: "a pattern without an end matches every longer origin",
    isAbsent: () => expectDenied(patterns, "https://app.example.com.evil.test", "http://localhost:3000.evil.test"),
  },
  {
    number: 9,
    defect: "reflecting any origin with credentials grants null as well",
    isAbsent: () => expectDenied(account, "null"),
  },
  {
    number: 11,
    defect: "the time that a decision takes grows with the request, by patterns that go back and forth",
    because: "no regular expression runs, and an origin over 326 characters is not read",
    async isAbsent() {
      const { decide } = createMatcher(patterns);
      const long = {
        get(_target: object, member: string | symbol) {
          if (member === "length") return 1_000_000;
          throw new Error(`more is read than the length: ${String(member)}`);
        },
      };
      // The cast holds for what may be read of it.
      const hostile = new Proxy({}, long) as string;
      const { outcome } = decide({ method: "GET", origin: hostile, requestMethod: null, requestHeaders: null });
      expect(outcome).toBe("actual-denied");
      await expectDenied(patterns, `https://${"a".repeat(8000)}.example.com`, `https://${"a-".repeat(60)}!`);
    },
  },
  {
    number: 13,
    defect: "a pattern keeps state, and every second request is denied",
    async isAbsent() {
      const request = ["GET /resource", "Origin: https://preview-1.example.dev"];
      for (const answers of await askEveryFramework(patterns, request, request, request, request)) {
        const allowed = answers.map((answer) => valuesOf(answer, "Access-Control-Allow-Origin"));
        expect(allowed).toEqual(Array(4).fill(["https://preview-1.example.dev"]));
      }
    },
  },
  {
    number: 19,
    defect: "every OPTIONS request is taken for a preflight",
    async isAbsent() {
      const requests = [["OPTIONS /resource"], ["OPTIONS /resource", FROM_APP], ["OPTIONS /resource", FOR_PUT]];
      for (const answers of await askEveryFramework(account, ...requests)) {
        expect(answers.map(({ status, handlerRan }) => [status, handlerRan])).toEqual(Array(3).fill([200, true]));
      }
    },
  },
  {
    number: 28,
    defect: "white space in a list of requested headers refuses them",
    async isAbsent() {
      const headers = "Access-Control-Request-Headers: x-request-id, content-type";
      for (const [answer] of await askEveryFramework(account, ["OPTIONS /resource", FROM_APP, FOR_PUT, headers])) {
        expect(answer?.status).toBe(204);
      }
    },
  },
  {
    number: 34,
    defect: "a preflight is approved whatever method and headers it asks for",
    async isAbsent() {
      const preflight = ["OPTIONS /resource", FROM_APP];
      const requests = [
        [...preflight, "Access-Control-Request-Method: PATCH"],
        [...preflight, FOR_PUT, "Access-Control-Request-Headers: x-unlisted"],
      ];
      for (const answers of await askEveryFramework(account, ...requests)) {
        expect(answers.map(({ status }) => status)).toEqual([403, 403]);
      }
    },
  },
  {
    number: 45,
    defect: "two Origin lines are joined and sent back",
    async isAbsent() {
      for (const policy of [plain, account, patterns]) {
        const request = ["GET /resource", FROM_APP, "Origin: https://evil.example"];
        for (const [answer] of await askEveryFramework(policy, request)) {
          expect(corsLines(answer?.headerLines ?? [])).toEqual(["vary: origin"]);
        }
      }
    },
  },
];
