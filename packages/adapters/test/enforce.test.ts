import { type CompiledPolicy, createMatcher } from "@corslang/runtime";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import type { DecisionReport, Options } from "../src/express.js";
import type { Application } from "./applications/application.js";
import { FRAMEWORKS } from "./applications/frameworks.js";
import { corsLines, parseHeaderLine, send } from "./http-client.js";
import { account, nobody, openLists, openRead, patterns, plain, sandboxed } from "./policies.js";

const FROM_APP = "Origin: https://app.example.com";
const FROM_EVIL = "Origin: https://evil.example";
const FOR_PUT = "Access-Control-Request-Method: PUT";
const PREFLIGHT_VARY = "Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers";
const ALLOWED_BY_PLAIN = ["Access-Control-Allow-Origin: https://app.example.com", "Vary: Origin"];
const ALLOWED_BY_ACCOUNT = [
  "Access-Control-Allow-Origin: https://app.example.com",
  "Access-Control-Allow-Credentials: true",
  "Access-Control-Expose-Headers: ETag,X-Total",
  "Vary: Origin",
];

/** A request under enforcement, and the one right answer, written from docs/language.md by hand. */
interface Enforced {
  readonly name: string;
  readonly policy: CompiledPolicy;
  readonly options?: Options<unknown>;
  readonly request: readonly string[];
  readonly status: number;
  readonly headers: readonly string[];
  readonly handlerRan: boolean;
}

/** What every denied actual request comes to. */
const REFUSED = { status: 403, headers: ["Vary: Origin"], handlerRan: false } as const;

const exchanges: readonly Enforced[] = [
  { name: "denied: GET", policy: account, request: ["GET /resource", FROM_EVIL], ...REFUSED },
  { name: "denied: HEAD", policy: account, request: ["HEAD /resource", FROM_EVIL], ...REFUSED },
  { name: "denied: POST", policy: account, request: ["POST /resource", FROM_EVIL], ...REFUSED },
  { name: "denied: a listed method", policy: account, request: ["PUT /resource", FROM_EVIL], ...REFUSED },
  {
    name: "denied: OPTIONS that is no preflight",
    policy: account,
    request: ["OPTIONS /resource", FROM_EVIL],
    ...REFUSED,
  },
  {
    name: "denied: the headers of a preflight, and another method",
    policy: account,
    request: ["GET /resource", FROM_EVIL, FOR_PUT],
    ...REFUSED,
  },
  { name: "denied: a URL without a handler", policy: account, request: ["GET /missing", FROM_EVIL], ...REFUSED },
  {
    name: "denied: OPTIONS at a URL without one",
    policy: account,
    request: ["OPTIONS /missing", FROM_EVIL],
    ...REFUSED,
  },
  {
    name: "denied: a method that the path does not take",
    policy: account,
    request: ["DELETE /without-options", FROM_EVIL],
    ...REFUSED,
  },
  { name: "denied: a handler that throws", policy: account, request: ["GET /failure", FROM_EVIL], ...REFUSED },
  { name: "denied: a handler with CORS headers", policy: account, request: ["GET /own-cors", FROM_EVIL], ...REFUSED },
  { name: "denied: a handler with a Vary", policy: account, request: ["GET /own-vary", FROM_EVIL], ...REFUSED },
  {
    name: "denied: a subdomain of the allowed origin",
    policy: account,
    request: ["GET /resource", "Origin: https://a.app.example.com"],
    ...REFUSED,
  },
  { name: "denied: null", policy: account, request: ["POST /resource", "Origin: null"], ...REFUSED },
  { name: "denied: an empty Origin", policy: patterns, request: ["GET /resource", "Origin: "], ...REFUSED },
  { name: "denied: a malformed origin", policy: account, request: ["GET /resource", `${FROM_APP}/`], ...REFUSED },
  {
    name: "denied: two Origin lines, both allowed by themselves",
    policy: account,
    request: ["GET /resource", FROM_APP, FROM_APP],
    ...REFUSED,
  },
  {
    name: "denied in debug mode",
    policy: account,
    options: { debug: true },
    request: ["GET /resource", FROM_EVIL],
    ...REFUSED,
  },
  { name: "origins none: everybody is denied", policy: nobody, request: ["GET /resource", FROM_APP], ...REFUSED },
  { name: "only null is listed", policy: sandboxed, request: ["GET /resource", FROM_APP], ...REFUSED },
  {
    name: "origins none: not CORS",
    policy: nobody,
    request: ["POST /resource"],
    status: 200,
    headers: ["Vary: Origin"],
    handlerRan: true,
  },
  {
    name: "not CORS",
    policy: account,
    request: ["POST /resource"],
    status: 200,
    headers: ["Vary: Origin"],
    handlerRan: true,
  },
  {
    name: "not CORS, from another site, as links and images are",
    policy: account,
    request: ["GET /resource", "Sec-Fetch-Site: cross-site", "Referer: https://evil.example/"],
    status: 200,
    headers: ["Vary: Origin"],
    handlerRan: true,
  },
  {
    name: "allowed",
    policy: account,
    request: ["POST /resource", FROM_APP],
    status: 200,
    headers: ALLOWED_BY_ACCOUNT,
    handlerRan: true,
  },
  {
    name: "allowed, from another site",
    policy: account,
    request: ["POST /resource", FROM_APP, "Sec-Fetch-Site: cross-site"],
    status: 200,
    headers: ALLOWED_BY_ACCOUNT,
    handlerRan: true,
  },
  {
    name: "allowed: HEAD",
    policy: account,
    request: ["HEAD /resource", FROM_APP],
    status: 200,
    headers: ALLOWED_BY_ACCOUNT,
    handlerRan: true,
  },
  {
    name: "allowed: OPTIONS that is no preflight",
    policy: plain,
    request: ["OPTIONS /resource", FROM_APP],
    status: 200,
    headers: ALLOWED_BY_PLAIN,
    handlerRan: true,
  },
  {
    name: "allowed: a URL without a handler",
    policy: plain,
    request: ["GET /missing", FROM_APP],
    status: 404,
    headers: ALLOWED_BY_PLAIN,
    handlerRan: false,
  },
  {
    name: "allowed: null, where it is listed",
    policy: sandboxed,
    request: ["GET /resource", "Origin: null"],
    status: 200,
    headers: ["Access-Control-Allow-Origin: null", "Vary: Origin"],
    handlerRan: true,
  },
  {
    name: "origins *: nobody is denied",
    policy: openLists,
    request: ["DELETE /resource", FROM_EVIL],
    status: 200,
    headers: ["Access-Control-Allow-Origin: *", "Access-Control-Expose-Headers: ETag"],
    handlerRan: true,
  },
  {
    name: "origins *: nor what is no origin",
    policy: openRead,
    request: ["GET /resource", "Origin: no origin", "Sec-Fetch-Site: cross-site"],
    status: 200,
    headers: ["Access-Control-Allow-Origin: *"],
    handlerRan: true,
  },
  {
    name: "a passed preflight",
    policy: account,
    request: ["OPTIONS /resource", FROM_APP, FOR_PUT],
    status: 204,
    headers: [
      "Access-Control-Allow-Origin: https://app.example.com",
      "Access-Control-Allow-Credentials: true",
      "Access-Control-Allow-Methods: PUT,DELETE",
      "Access-Control-Allow-Headers: content-type,x-request-id",
      "Access-Control-Max-Age: 600",
      PREFLIGHT_VARY,
    ],
    handlerRan: false,
  },
  {
    name: "a failed preflight",
    policy: account,
    request: ["OPTIONS /resource", FROM_EVIL, FOR_PUT],
    status: 403,
    headers: [PREFLIGHT_VARY],
    handlerRan: false,
  },
  {
    name: "a failed preflight in debug mode",
    policy: plain,
    options: { debug: true },
    request: ["OPTIONS /resource", FROM_APP, FOR_PUT],
    status: 204,
    headers: ["Access-Control-Allow-Origin: https://app.example.com", PREFLIGHT_VARY],
    handlerRan: false,
  },
  {
    name: "a failed preflight from the server's own origin, which no browser sends",
    policy: account,
    request: ["OPTIONS /resource", "Host: api.example", "Origin: http://api.example", FOR_PUT],
    status: 403,
    headers: [PREFLIGHT_VARY],
    handlerRan: false,
  },
  {
    name: "off: denied requests reach the handler",
    policy: account,
    options: { enforce: false },
    request: ["POST /resource", FROM_EVIL],
    status: 200,
    headers: ["Vary: Origin"],
    handlerRan: true,
  },
  {
    name: "left out: denied requests reach the handler",
    policy: account,
    options: { enforce: undefined },
    request: ["POST /resource", FROM_EVIL, "Sec-Fetch-Site: cross-site"],
    status: 200,
    headers: ["Vary: Origin"],
    handlerRan: true,
  },
  {
    name: "self alone enforces nothing",
    policy: account,
    options: { enforce: undefined, self: ["https://api.example"] },
    request: ["POST /resource", FROM_EVIL],
    status: 200,
    headers: ["Vary: Origin"],
    handlerRan: true,
  },
];

describe.each(FRAMEWORKS)("%s", (_framework, start) => {
  const started = new Map<string, Promise<Application>>();
  afterAll(async () => {
    for (const application of started.values()) await (await application).close();
  });

  function applicationFor({ policy, options }: Enforced): Promise<Application> {
    // What is undefined matters, and JSON would leave it out.
    const key = `${policy.name} ${JSON.stringify(options)} ${options && "enforce" in options}`;
    const application = started.get(key) ?? start(createMatcher(policy), { enforce: true, ...options });
    started.set(key, application);
    return application;
  }

  test.each(exchanges)("$name", async (exchange) => {
    const application = await applicationFor(exchange);
    const runsBefore = application.handlerRuns();
    const { status, headerLines, body } = await send(application.port, ...exchange.request);
    const handlerRan = application.handlerRuns() > runsBefore;
    expect({ status, headers: corsLines(headerLines), handlerRan }).toEqual({
      status: exchange.status,
      headers: corsLines(exchange.headers.map(parseHeaderLine)),
      handlerRan: exchange.handlerRan,
    });
    if (status === 403) {
      expect(body).toBe("");
      expect(headerLines.map(([name]) => name.toLowerCase())).not.toContain("content-type");
    }
  });

  describe("onDecision is told what becomes of a request", () => {
    const applications: Application[] = [];
    afterEach(async () => {
      for (const application of applications.splice(0)) await application.close();
    });

    async function reportsOf(...request: readonly string[]): Promise<readonly DecisionReport[]> {
      const reports: DecisionReport[] = [];
      const application = await start(createMatcher(account), {
        enforce: true,
        self: ["https://own.example"],
        onDecision: (report) => void reports.push(report),
      });
      applications.push(application);
      await send(application.port, ...request);
      return reports;
    }

    const denial = { reason: "origin-not-allowed" } as const;
    test.each<readonly [string, readonly string[], Omit<DecisionReport, "policy">]>([
      [
        "refused",
        ["POST /resource", FROM_EVIL],
        { outcome: "actual-denied", status: 403, origin: "https://evil.example", matched: null, denial },
      ],
      [
        "of the server's own pages: denied by the policy, and the handler runs",
        ["POST /resource", "Origin: https://own.example"],
        { outcome: "actual-denied", status: null, origin: "https://own.example", matched: null, denial },
      ],
      [
        "allowed",
        ["POST /resource", FROM_APP],
        {
          outcome: "actual-allowed",
          status: null,
          origin: "https://app.example.com",
          matched: "https://app.example.com",
          denial: null,
        },
      ],
      [
        "a failed preflight",
        ["OPTIONS /resource", FROM_EVIL, FOR_PUT],
        { outcome: "preflight-failed", status: 403, origin: "https://evil.example", matched: null, denial },
      ],
    ])("%s", async (_name, request, report) => {
      expect(await reportsOf(...request)).toEqual([{ policy: "account", ...report }]);
    });
  });
});
