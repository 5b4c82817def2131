import { cors as fetchCors } from "@corslang/adapters/fetch";
import { cors as nodeCors } from "@corslang/adapters/node";
import { createMatcher } from "@corslang/runtime";
import { expect } from "vitest";
import { ADAPTERS } from "../applications/adapters.js";
import { serve } from "../applications/application.js";
import { FRAMEWORKS } from "../applications/frameworks.js";
import { type Attack, findFaultsUnderAttack } from "../attacks/attacked-server.js";
import { rawRequest } from "../attacks/raw-request.js";
import { corsLines, send } from "../http-client.js";
import { account, listedOrigins, plain } from "../policies.js";
import { expectAnswers, FOR_PUT, FROM_APP, FROM_EVIL, PREFLIGHT_VARY } from "./absence.js";
import type { Vulnerability } from "./vulnerability.js";

/** Text of a request that comes into an answer or a log. */
export const injectionVulnerabilities: readonly Vulnerability[] = [
  {
    id: "GHSA-q7jf-gf43-6x6p",
    where: "Hono",
    fault: "the request's Vary is copied into the answer",
    isAbsent: () =>
      expectAnswers(
        plain,
        [["GET /resource", FROM_EVIL, "Vary: *"], [200, "vary: origin"], "handled"],
        [["OPTIONS /resource", FROM_EVIL, FOR_PUT, "Vary: X-Evil"], [403, PREFLIGHT_VARY], "not handled"],
      ),
  },
  {
    id: "go-safeweb#372",
    where: "google/go-safeweb",
    fault: "the requested method is sent back, and smuggles a list",
    async isAbsent() {
      const smuggled = ["OPTIONS /resource", FROM_APP, "Access-Control-Request-Method: GET, DELETE"];
      await expectAnswers(account, [smuggled, [403, PREFLIGHT_VARY], "not handled"]);
      await expectAnswers(listedOrigins, [
        smuggled,
        [
          204,
          "access-control-allow-headers: *,authorization",
          "access-control-allow-methods: *",
          "access-control-allow-origin: https://app.example.com",
          PREFLIGHT_VARY,
        ],
        "not handled",
      ]);
    },
  },
  {
    id: "actor-ts#792",
    where: "actor-ts",
    fault: "requested headers are cleaned by an expression that lets CR and LF pass, and sent back",
    async isAbsent() {
      const names = "content-type\r\nSet-Cookie: evil=1";
      const request = {
        method: "OPTIONS",
        origin: "https://app.example.com",
        requestMethod: "PUT",
        requestHeaders: names,
      };
      const matcher = createMatcher(account);
      expect(matcher.decide(request).outcome).toBe("preflight-failed");
      expect(matcher.explain(request)).toEqual({ reason: "headers-malformed" });
      const bare = ["\r", "\n"].map((end) =>
        rawRequest(
          "OPTIONS /resource",
          FROM_APP,
          FOR_PUT,
          `Access-Control-Request-Headers: content-type${end}Set-Cookie: evil=1`,
        ),
      );
      for (const [, start] of FRAMEWORKS) {
        const attacks = bare.map(
          (request): Attack =>
            ({ findFault }) =>
              findFault(request),
        );
        expect(await findFaultsUnderAttack(start, account, "https://app.example.com", attacks)).toEqual([]);
      }
    },
  },
  {
    id: "CVE-2024-1681",
    where: "flask-cors",
    fault: "the path is written to a log as it is, with CR and LF",
    async isAbsent() {
      const written: unknown[] = [];
      const write = process.stdout.write;
      const writeError = process.stderr.write;
      const keep = (text: unknown) => {
        written.push(text);
        return true;
      };
      process.stdout.write = keep;
      process.stderr.write = keep;
      try {
        for (const [, start] of ADAPTERS) {
          const server = await start(createMatcher(account), { debug: true });
          await send(server.port, "GET /%0d%0aevil:%20line", FROM_EVIL);
          await send(server.port, "OPTIONS /%0d%0aevil:%20line", FROM_EVIL, FOR_PUT);
          await server.close();
        }
      } finally {
        process.stdout.write = write;
        process.stderr.write = writeError;
      }
      expect(written).toEqual([]);
    },
  },
  {
    id: "gofr#3970, gofr#3971",
    where: "gofr",
    fault: "headers in another case overwrite what was decided",
    async isAbsent() {
      const own = {
        "access-control-allow-origin": "https://evil.example",
        "ACCESS-CONTROL-ALLOW-CREDENTIALS": "true",
        "aCCESS-cONTROL-aLLOW-mETHODS": "PUT",
      };
      const matcher = createMatcher(plain);
      const onNode = nodeCors(matcher);
      const onFetch = fetchCors(matcher, () => new Response("handled", { headers: own }));
      const server = await serve((request, response) => {
        onNode(request, response, () => {
          if (request.url === "/object") response.writeHead(200, own);
          else if (request.url === "/list") response.writeHead(200, Object.entries(own).flat());
          else for (const [name, value] of Object.entries(own)) response.setHeader(name, value);
          response.end();
        });
      });
      for (const path of ["/object", "/list", "/one-by-one"]) {
        const denied = await send(server.port, `GET ${path}`, FROM_EVIL);
        expect(corsLines(denied.headerLines)).toEqual(["vary: origin"]);
        const allowed = await send(server.port, `GET ${path}`, FROM_APP);
        expect(corsLines(allowed.headerLines)).toEqual([
          "access-control-allow-origin: https://app.example.com",
          "vary: origin",
        ]);
      }
      await server.close();
      const request = new Request("http://service.example/", { headers: { Origin: "https://evil.example" } });
      expect(corsLines([...(await onFetch(request)).headers])).toEqual(["vary: origin"]);
    },
  },
];
