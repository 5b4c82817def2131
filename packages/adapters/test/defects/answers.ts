import { expect } from "vitest";
import { askEveryFramework } from "../applications/frameworks.js";
import { corsLines, valuesOf } from "../http-client.js";
import { account, plain } from "../policies.js";
import type { Defect } from "./defect.js";

const FROM_APP = "Origin: https://app.example.com";
const FROM_EVIL = "Origin: https://evil.example";
const FOR_PUT = "Access-Control-Request-Method: PUT";
const ALLOW_APP = "access-control-allow-origin: https://app.example.com";
const PREFLIGHT_VARY = "vary: access-control-request-headers, access-control-request-method, origin";

/** What every framework answers to each of the requests: the lines that matter to CORS. */
async function expectLines(
  policy: typeof account,
  expected: readonly (readonly [request: readonly string[], lines: readonly string[]])[],
): Promise<void> {
  for (const answers of await askEveryFramework(policy, ...expected.map(([request]) => request))) {
    expect(answers.map(({ headerLines }) => corsLines(headerLines))).toEqual(expected.map(([, lines]) => lines));
  }
}

/** Defects of the answers. */
export const answerDefects: readonly Defect[] = [
  {
    number: 5,
    defect: "statuses are lost: errors and redirects become 200",
    async isAbsent() {
      const paths = ["/missing", "/failure", "/redirect", "/no-content", "/not-modified", "/write-head-object"];
      const requests = paths.map((path) => [`GET ${path}`, FROM_APP]);
      for (const answers of await askEveryFramework(plain, ...requests)) {
        expect(answers.map(({ status }) => status)).toEqual([404, 500, 302, 204, 304, 201]);
      }
    },
  },
  {
    number: 6,
    defect: "CORS headers of one response change the policy of later requests",
    isAbsent: () =>
      expectLines(plain, [
        [
          ["GET /own-cors", FROM_APP],
          [ALLOW_APP, "vary: origin"],
        ],
        [
          ["GET /resource", FROM_APP],
          [ALLOW_APP, "vary: origin"],
        ],
        [["GET /resource", FROM_EVIL], ["vary: origin"]],
      ]),
  },
  {
    number: 14,
    defect: "Vary: Origin is missing when the request is denied or has no Origin",
    isAbsent: () =>
      expectLines(plain, [
        [["GET /resource", FROM_EVIL], ["vary: origin"]],
        [["GET /resource"], ["vary: origin"]],
        [["OPTIONS /resource", FROM_EVIL, FOR_PUT], [PREFLIGHT_VARY]],
      ]),
  },
  {
    number: 15,
    defect: "Vary: Origin is missing when the origin is a single one, or always",
    isAbsent: () =>
      expectLines(plain, [
        [
          ["GET /resource", FROM_APP],
          [ALLOW_APP, "vary: origin"],
        ],
      ]),
  },
  {
    number: 16,
    defect: "a Vary that was set before is overwritten",
    isAbsent: () =>
      expectLines(plain, [
        [
          ["GET /own-vary", FROM_APP],
          [ALLOW_APP, "vary: accept, accept-encoding, origin"],
        ],
        [
          ["GET /own-vary-star", FROM_APP],
          [ALLOW_APP, "vary: *"],
        ],
      ]),
  },
  {
    number: 17,
    defect: "a handler that sets Vary itself erases the middleware's",
    isAbsent: () =>
      expectLines(plain, [
        [
          ["GET /own-vary", FROM_APP],
          [ALLOW_APP, "vary: accept, accept-encoding, origin"],
        ],
        [
          ["GET /write-head-object", FROM_EVIL],
          ["set-cookie: a=1", "set-cookie: b=2", "vary: accept, origin"],
        ],
        [
          ["GET /write-head-list", FROM_EVIL],
          ["set-cookie: a=1", "set-cookie: b=2", "vary: accept, cookie, origin"],
        ],
      ]),
  },
  {
    number: 20,
    defect: "OPTIONS that is no preflight is passed on, and its answer gets no Allow-Origin",
    isAbsent: () =>
      expectLines(plain, [
        [
          ["OPTIONS /resource", FROM_APP],
          [ALLOW_APP, "vary: origin"],
        ],
      ]),
  },
  {
    number: 26,
    defect: "a list of origins becomes several Allow-Origin lines, and none becomes an empty one",
    async isAbsent() {
      const requests = [["GET /resource", FROM_APP], ["GET /resource"], ["GET /resource", FROM_EVIL]];
      for (const answers of await askEveryFramework(account, ...requests)) {
        expect(answers.map((answer) => valuesOf(answer, "Access-Control-Allow-Origin"))).toEqual([
          ["https://app.example.com"],
          [],
          [],
        ]);
      }
    },
  },
  {
    number: 29,
    defect: "max-age is taken and never sent; a request without Origin gets *; Vary comes in two lines",
    async isAbsent() {
      const requests = [["OPTIONS /resource", FROM_APP, FOR_PUT], ["GET /own-vary"]];
      for (const [preflight, actual] of await askEveryFramework(account, ...requests)) {
        expect(valuesOf(preflight ?? expect.fail(), "Access-Control-Max-Age")).toEqual(["600"]);
        expect(valuesOf(actual ?? expect.fail(), "Access-Control-Allow-Origin")).toEqual([]);
        expect(valuesOf(actual ?? expect.fail(), "Vary")).toEqual(["Accept-Encoding, Accept, Origin"]);
      }
    },
  },
  {
    number: 30,
    defect: "a preflight without requested headers is told undefined; names of the request's headers are exposed",
    isAbsent: () =>
      expectLines({ ...plain, headers: ["x-one"], expose: ["ETag"] }, [
        [
          ["OPTIONS /resource", FROM_APP, "Access-Control-Request-Method: GET"],
          ["access-control-allow-headers: x-one", ALLOW_APP, PREFLIGHT_VARY],
        ],
        [
          ["GET /resource", FROM_APP, "X-Of-The-Request: 1"],
          [ALLOW_APP, "access-control-expose-headers: ETag", "vary: origin"],
        ],
        [["GET /resource", FROM_EVIL], ["vary: origin"]],
      ]),
  },
  {
    number: 31,
    defect: "a failed preflight falls through to the handler, and its headers are doubled",
    async isAbsent() {
      for (const [answer] of await askEveryFramework(account, ["OPTIONS /resource", FROM_EVIL, FOR_PUT])) {
        expect([answer?.status, answer?.handlerRan]).toEqual([403, false]);
        expect(corsLines(answer?.headerLines ?? [])).toEqual([PREFLIGHT_VARY]);
      }
    },
  },
  {
    number: 33,
    defect: "denied requests get all CORS headers but Allow-Origin",
    isAbsent: () =>
      expectLines(account, [
        [["GET /resource", FROM_EVIL], ["vary: origin"]],
        [["OPTIONS /resource", FROM_EVIL, FOR_PUT], [PREFLIGHT_VARY]],
      ]),
  },
  {
    number: 35,
    defect: "the requested headers are sent back, however many and whatever they are",
    because: "only the policy's own text is sent, and an allowed origin",
    async isAbsent() {
      const preflight = ["OPTIONS /resource", FROM_APP, FOR_PUT];
      const names = Array.from({ length: 1100 }, (_, index) => `x-${index}`).join(",");
      const requests = [names, 'x one;"<b>'].map((value) => [...preflight, `Access-Control-Request-Headers: ${value}`]);
      for (const answers of await askEveryFramework(account, ...requests)) {
        for (const { status, headerLines } of answers) {
          expect([status, corsLines(headerLines)]).toEqual([403, [PREFLIGHT_VARY]]);
        }
      }
    },
  },
  {
    number: 42,
    defect: "a denied origin becomes an error: 500, and noise in the log",
    async isAbsent() {
      const requests = [
        ["GET /resource", FROM_EVIL],
        ["OPTIONS /resource", FROM_EVIL, FOR_PUT],
      ];
      for (const answers of await askEveryFramework(account, ...requests)) {
        expect(answers.map(({ status }) => status)).toEqual([200, 403]);
      }
    },
  },
  {
    number: 43,
    defect: "the documented way to read the origin throws where there is none",
    async isAbsent() {
      for (const [answer] of await askEveryFramework(account, ["GET /resource"])) expect(answer?.status).toBe(200);
    },
  },
];
