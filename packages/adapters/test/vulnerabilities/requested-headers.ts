import { createServer } from "node:http";
import { cors } from "@corslang/adapters/node";
import { createMatcher } from "@corslang/runtime";
import { expect } from "vitest";
import { anonymousPolicy } from "../../../runtime/test/policies.js";
import { listen } from "../applications/application.js";
import { askEveryFramework } from "../applications/frameworks.js";
import { openRawConnection } from "../attacks/raw-connection.js";
import { corsLines } from "../http-client.js";
import { account, plain } from "../policies.js";
import { expectAnswers, FOR_PUT, FROM_APP, PREFLIGHT_VARY } from "./absence.js";
import type { Vulnerability } from "./vulnerability.js";

const FOR_POST = "Access-Control-Request-Method: POST";
const REFUSED = [403, PREFLIGHT_VARY];

/** Work without bounds for a list of requested headers. */
export const requestedHeadersVulnerabilities: readonly Vulnerability[] = [
  {
    id: "CVE-2025-47908, GO-2024-2883, GHSA-mh55-gqvf-xfwm",
    where: "rs/cors",
    fault: "a megabyte of commas in a thousand lines is taken apart",
    async isAbsent() {
      // Node itself reads 16 kB, unless it is told otherwise. That the work has bounds is in the runtime's tests.
      const withCors = cors(createMatcher(account));
      const server = createServer({ maxHeaderSize: 4 * 1024 * 1024 }, (request, response) => {
        withCors(request, response, () => response.end("handled"));
      });
      server.maxHeadersCount = 0;
      const { port, close } = await listen(server);
      const connection = openRawConnection(port);
      const lines = Array.from({ length: 1024 }, () => `Access-Control-Request-Headers: ${",".repeat(1024)}`);
      const head = ["OPTIONS / HTTP/1.1", "Host: api.example", FROM_APP, FOR_PUT, ...lines, "", ""].join("\r\n");
      const [answer] = await connection.send(head);
      connection.close();
      await close();
      expect([answer?.status, ...corsLines(answer?.headerLines ?? [])]).toEqual(REFUSED);
      const commas = `Access-Control-Request-Headers: ${",".repeat(15_000)}`;
      await expectAnswers(account, [["OPTIONS /resource", FROM_APP, FOR_PUT, commas], REFUSED, "not handled"]);
    },
  },
  {
    id: "go-chi/cors#36",
    where: "go-chi/cors",
    fault: "the same where it was copied, whatever the policy lists",
    async isAbsent() {
      for (const filling of [",", "a,", "content-type,"]) {
        const headers = `Access-Control-Request-Headers: ${filling.repeat(15_000 / filling.length)}`;
        for (const policy of [plain, account]) {
          await expectAnswers(policy, [["OPTIONS /resource", FROM_APP, FOR_POST, headers], REFUSED, "not handled"]);
        }
      }
    },
  },
  {
    id: "CVE-2026-69207, GHSA-8j4g-w8fx-2239",
    where: "Hono",
    fault: "a long run of blanks is split in quadratic time, where no headers are listed",
    async isAbsent() {
      const blanks = `Access-Control-Request-Headers: x${" ".repeat(15_000)}x`;
      await expectAnswers(plain, [["OPTIONS /resource", FROM_APP, FOR_POST, blanks], REFUSED, "not handled"]);
      // In quadratic time ten megabytes would take days.
      const requestHeaders = `x${" ".repeat(10_000_000)}x`;
      const { decide, explain } = createMatcher(anonymousPolicy({ origins: "*" }));
      const request = { method: "OPTIONS", origin: "https://app.example.com", requestMethod: "POST", requestHeaders };
      expect(decide(request).outcome).toBe("preflight-failed");
      expect(explain(request)).toEqual({ reason: "headers-malformed" });
    },
  },
  {
    id: "CVE-2026-41135",
    where: "free5GC",
    fault: "a handler mounts the middleware anew, and every request makes the answers longer",
    async isAbsent() {
      const requests = Array.from({ length: 30 }, () => ["GET /resource", FROM_APP]);
      for (const answers of await askEveryFramework(plain, ...requests)) {
        const heads = answers.map(({ headerLines }) => headerLines.filter(([name]) => name.toLowerCase() !== "date"));
        expect(new Set(heads.map((head) => JSON.stringify(head))).size).toBe(1);
      }
    },
  },
];
