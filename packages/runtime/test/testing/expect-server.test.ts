import { describe, expect, test } from "vitest";
import type { Header } from "../../src/index.js";
import { type BrowserRequest, expectServer, type ServerAnswer } from "../../src/testing.js";
import { thrownBy } from "./thrown-by.js";

const APP = "https://app.example.com";
const API = "https://api.example.com/orders";
const ALLOW_ORIGIN: Header = ["Access-Control-Allow-Origin", APP];
const ALLOW_PUT: Header = ["Access-Control-Allow-Methods", "PUT"];

type Answer = readonly [status: number, ...headers: readonly Header[]];

/** A server that gives one answer to preflights and one to other requests, and what it is asked. */
function answering(preflight: Answer, actual: Answer = [200, ALLOW_ORIGIN]) {
  const asked: BrowserRequest[] = [];
  const send = async (request: BrowserRequest): Promise<ServerAnswer> => {
    asked.push(request);
    const [status, ...headers] = request.headers["access-control-request-method"] ? preflight : actual;
    return { status, headers };
  };
  return { asked, page: expectServer(send).from(APP) };
}

describe("a page that fetches", () => {
  test("reads the answer after a preflight that passed", async () => {
    const { asked, page } = answering(
      [204, ALLOW_ORIGIN, ALLOW_PUT],
      [201, ALLOW_ORIGIN, ["ETag", "1"], ["Pragma", "a"]],
    );
    const answer = await page.fetch(API, { method: "PUT" }).toBeReadable();
    expect(answer).toEqual({ status: 201, headers: { pragma: "a" } });
    expect(asked.map(({ method }) => method)).toEqual(["OPTIONS", "PUT"]);
  });

  test("sends nothing after a preflight that failed, and nothing at all where fetch() refuses", async () => {
    const { asked, page } = answering([204, ALLOW_ORIGIN]);
    await page.fetch(API, { method: "DELETE" }).toBeBlocked("method-not-allowed");
    expect(asked.map(({ method }) => method)).toEqual(["OPTIONS"]);
    await page.fetch(API, { method: "TRACE" }).toBeBlocked("method-forbidden");
    expect(asked).toHaveLength(1);
  });

  test("reads all but cookies of a server of its own", async () => {
    const { asked } = answering([500]);
    const send = (request: BrowserRequest): ServerAnswer => {
      asked.push(request);
      return { statusCode: 200, headers: { etag: "1", "set-cookie": ["a=b", "c=d"] } };
    };
    const { headers } = await expectServer(send).from(APP).fetch(`${APP}/orders`, { method: "PUT" }).toBeReadable();
    expect(headers).toEqual({ etag: "1" });
    expect(asked.map(({ method }) => method)).toEqual(["PUT"]);
  });

  test.each([
    ["allow-origin-missing", [204], {}],
    ["allow-origin-different", [204, ["Access-Control-Allow-Origin", `${APP}/`]], {}],
    ["allow-credentials-not-true", [204, ALLOW_ORIGIN], { credentials: "include" }],
    ["preflight-status", [403, ALLOW_ORIGIN, ALLOW_PUT], {}],
    ["preflight-malformed", [204, ALLOW_ORIGIN, ["Access-Control-Allow-Methods", "PUT; GET"]], {}],
    ["method-not-allowed", [204, ALLOW_ORIGIN], {}],
    ["header-not-allowed", [204, ALLOW_ORIGIN, ALLOW_PUT], { headers: { "X-One": "1" } }],
  ] as const)("fails with %s", async (reason, preflight, init) => {
    const { page } = answering(preflight);
    await page.fetch(API, { method: "PUT", ...init }).toBeBlocked(reason);
    await page.fetch(API, { method: "PUT", ...init }).toBeBlocked();
  });
});

describe("answers are read in every shape", () => {
  const answers: readonly (readonly [string, () => ServerAnswer])[] = [
    ["Response", () => new Response("", { status: 200, headers: { "Access-Control-Allow-Origin": "*", ETag: "1" } })],
    ["inject", () => ({ statusCode: 200, headers: { "access-control-allow-origin": "*", "content-length": 2 } })],
    ["lines", () => ({ statusCode: 200, headers: { "access-control-allow-origin": ["*"], etag: undefined } })],
    ["a Map", () => ({ status: 200, headers: new Map([["access-control-allow-origin", "*"]]) })],
  ];
  test.each(answers)("%s", async (_, answer) => {
    const { status, headers } = await expectServer(answer).from(APP).fetch(API).toBeReadable();
    expect(status).toBe(200);
    expect(headers).not.toHaveProperty("etag");
  });

  test("several lines of Allow-Origin are no origin", async () => {
    const send = () => ({ statusCode: 200, headers: { "access-control-allow-origin": ["*", "*"] } });
    await expectServer(send).from(APP).fetch(API).toBeBlocked("allow-origin-different");
  });

  test.each([undefined, null, "text", { status: 200 }, { status: 200, headers: null }, { headers: {} }])(
    "and %j is none",
    async (answer) => {
      // As JavaScript does; the cast is what the type keeps out.
      const judged = expectServer(() => answer as never)
        .from(APP)
        .fetch(API)
        .toBeBlocked();
      await expect(judged).rejects.toThrow(/^expectServer: send has to return the answer, with status/);
    },
  );
});

describe("a failed assertion says what was on the wire, what the browser makes of it, and where to look", () => {
  const PUT = { method: "PUT" };
  const first =
    "expected the answer to PUT https://api.example.com/orders from https://app.example.com to be readable, and it is blocked";
  const preflight = `  > OPTIONS https://api.example.com/orders
  > access-control-request-method: PUT
  > origin: https://app.example.com`;

  const failures: readonly (readonly [string, Answer, Answer | undefined, string])[] = [
    [
      "a router",
      [404],
      undefined,
      `${first} (allow-origin-missing)

The answer to the preflight has no Access-Control-Allow-Origin: the browser does not send the PUT.
Something else than a policy answered: mount it for the whole path, not for one method, and before the routes.
${preflight}
  < 404`,
    ],
    [
      "authentication",
      [401, ["WWW-Authenticate", "Basic"], ["Server", "x"]],
      undefined,
      `${first} (allow-origin-missing)

The answer to the preflight has no Access-Control-Allow-Origin: the browser does not send the PUT.
Something answered before the policy: browsers send preflights without credentials, so mount it before authentication.
${preflight}
  < 401
  < WWW-Authenticate: Basic`,
    ],
    [
      "a denial",
      [403, ["Vary", "origin,Access-Control-Request-Method"]],
      undefined,
      `${first} (allow-origin-missing)

The answer to the preflight has no Access-Control-Allow-Origin: the browser does not send the PUT.
This looks like a denial by the policy: expectCors(policy) tells its reason.
${preflight}
  < 403
  < Vary: origin,Access-Control-Request-Method`,
    ],
    [
      "a proxy",
      [204, ALLOW_ORIGIN, ALLOW_ORIGIN, ALLOW_PUT],
      undefined,
      `${first} (allow-origin-different)

The answer to the preflight has Access-Control-Allow-Origin more than once, so that it names no origin: the browser does not send the PUT.
A proxy or a handler adds the headers of CORS too: leave them to the policy.
${preflight}
  < 204
  < Access-Control-Allow-Origin: https://app.example.com
  < Access-Control-Allow-Origin: https://app.example.com
  < Access-Control-Allow-Methods: PUT`,
    ],
    [
      "a redirect",
      [308, ALLOW_ORIGIN, ["Location", "https://api.example.com/orders/"]],
      undefined,
      `${first} (preflight-status)

The answer to the preflight has the status 308, and only 200 to 299 will do: the browser does not send the PUT.
Fetch the URL that it redirects to, or mount the policy before what redirects.
${preflight}
  < 308
  < Access-Control-Allow-Origin: https://app.example.com
  < Location: https://api.example.com/orders/`,
    ],
    [
      "a method",
      [204, ALLOW_ORIGIN, ["Access-Control-Allow-Methods", "GET,DELETE"]],
      undefined,
      `${first} (method-not-allowed)

The answer to the preflight allows the methods GET,DELETE, and not PUT: the browser does not send the PUT.
${preflight}
  < 204
  < Access-Control-Allow-Origin: https://app.example.com
  < Access-Control-Allow-Methods: GET,DELETE`,
    ],
    [
      "a policy for OPTIONS alone",
      [204, ALLOW_ORIGIN, ALLOW_PUT],
      [200, ["Vary", "Accept"]],
      `${first} (allow-origin-missing)

The answer has no Access-Control-Allow-Origin: the browser has sent the PUT, and keeps the answer from the page.
The preflight was allowed, so that the policy is mounted for OPTIONS alone, or something takes its headers away.
${preflight}
  < 204
  < Access-Control-Allow-Origin: https://app.example.com
  < Access-Control-Allow-Methods: PUT
  > PUT https://api.example.com/orders
  > origin: https://app.example.com
  < 200
  < Vary: Accept`,
    ],
  ];
  test.each(failures)("%s", async (_, toPreflight, toActual, message) => {
    const { page } = answering(toPreflight, toActual);
    const error = await thrownBy(() => page.fetch(API, PUT).toBeReadable());
    expect(error.message).toBe(message);
    expect([error.expected, String(error.actual)]).toEqual(["is readable", expect.stringMatching(/^is blocked \(/)]);
  });

  const simple: readonly (readonly [string, Answer, object, string])[] = [
    [
      "no policy",
      [200],
      {},
      `The answer has no Access-Control-Allow-Origin: the browser has sent the GET, and keeps the answer from the page.
Something else than a policy answered: mount it on this path, and before the routes.`,
    ],
    [
      "authentication",
      [401],
      {},
      `The answer has no Access-Control-Allow-Origin: the browser has sent the GET, and keeps the answer from the page.
Something answered before the policy: mount it before authentication.`,
    ],
    [
      "a star with credentials",
      [200, ["Access-Control-Allow-Origin", "*"]],
      { credentials: "include" },
      "The answer has Access-Control-Allow-Origin: *, which does not count for requests with credentials: the browser has sent the GET, and keeps the answer from the page.",
    ],
    [
      "no credentials",
      [200, ALLOW_ORIGIN],
      { credentials: "include" },
      "The answer has no Access-Control-Allow-Credentials: true, and the page asks with credentials: the browser has sent the GET, and keeps the answer from the page.",
    ],
    [
      "another origin",
      [200, ["Access-Control-Allow-Origin", "https://APP.example.com"]],
      {},
      "The answer has Access-Control-Allow-Origin: https://APP.example.com, which is not https://app.example.com to the letter: the browser has sent the GET, and keeps the answer from the page.",
    ],
  ];
  const guesses: readonly (readonly [string, Answer, string])[] = [
    [
      "a firewall",
      [403],
      "Something answered before the policy: browsers send preflights without credentials, so mount it before authentication.",
    ],
    [
      "a denial under `origins *`",
      [403, ["Vary", "Access-Control-Request-Method, Access-Control-Request-Headers"]],
      "This looks like a denial by the policy: expectCors(policy) tells its reason.",
    ],
    [
      "a Vary of others",
      [404, ["Vary", "Accept, X-Origin"]],
      "Something else than a policy answered: mount it for the whole path, not for one method, and before the routes.",
    ],
  ];
  test.each(guesses)("%s", async (_, toPreflight, guess) => {
    const { message } = await thrownBy(() => answering(toPreflight).page.fetch(API, PUT).toBeReadable());
    expect(message.split("\n")[3]).toBe(guess);
  });

  test("a redirect to a login", async () => {
    const { page } = answering([500], [302, ["Location", "/login"]]);
    const { message } = await thrownBy(() => page.fetch(API).toBeReadable());
    expect(message.split("\n")[3]).toBe(
      "Fetch the URL that it redirects to, or mount the policy before what redirects.",
    );
  });

  test.each(simple)("%s, without a preflight", async (_, answer, init, text) => {
    const { message } = await thrownBy(() => answering([500], answer).page.fetch(API, init).toBeReadable());
    expect(message.split("\n\n")[1]?.split("\n  > ")[0]).toBe(text);
  });

  test("toBeBlocked, of an answer that can be read and of another reason", async () => {
    const { page } = answering([204, ALLOW_ORIGIN, ALLOW_PUT]);
    const readable = await thrownBy(() => page.fetch(API, { headers: { Accept: "text/html" } }).toBeBlocked());
    expect(
      readable.message,
    ).toBe(`expected the answer to GET https://api.example.com/orders with Accept from https://app.example.com to be blocked, and it is readable

The page reads the answer.
  > GET https://api.example.com/orders
  > origin: https://app.example.com
  < 200
  < Access-Control-Allow-Origin: https://app.example.com`);
    const other = await thrownBy(() => page.fetch(API, { method: "DELETE" }).toBeBlocked("allow-origin-missing"));
    expect([other.expected, other.actual]).toEqual([
      "is blocked (allow-origin-missing)",
      "is blocked (method-not-allowed)",
    ]);
    const refused = await thrownBy(() => page.fetch(API, { method: "TRACE" }).toBeReadable());
    expect(refused.message.split("\n\n")[1]).toBe(
      "fetch() throws a TypeError, and nothing is sent: CONNECT, TRACE and TRACK are methods that browsers keep from scripts.",
    );
  });

  test("toExpose", async () => {
    const { page } = answering(
      [500],
      [200, ALLOW_ORIGIN, ["ETag", "1"], ["X-Id", "2"], ["Access-Control-Expose-Headers", "ETag"]],
    );
    await page.fetch(API).toExpose("etag");
    const hidden = await thrownBy(() => page.fetch(API).toExpose("ETag", "X-Id"));
    expect(
      hidden.message,
    ).toMatch(`expected the answer to GET https://api.example.com/orders from https://app.example.com to expose ETag and X-Id, and it hides X-Id

It has Access-Control-Expose-Headers: ETag.
The page reads the answer.
  > GET https://api.example.com/orders
`);
    expect([hidden.expected, hidden.actual]).toEqual([["ETag", "X-Id"], ["ETag"]]);
    const missing = await thrownBy(() => page.fetch(API).toExpose("X-Other", "constructor"));
    expect(missing.message).toContain("\n\nThe answer has no X-Other and constructor.\n");
    const blocked = await thrownBy(() => answering([500], [200]).page.fetch(API).toExpose("ETag"));
    expect(blocked.message).toMatch(/^expected .+ to be readable, and it is blocked \(allow-origin-missing\)/);
  });
});

describe("what is not judged", () => {
  test("a redirect that the page may follow", async () => {
    const { page } = answering([500], [302, ALLOW_ORIGIN, ["Location", "https://www.example.com/"]]);
    for (const assert of ["toBeReadable", "toBeBlocked", "toExpose"] as const) {
      await expect(page.fetch(API)[assert]()).rejects.toThrow(
        "the answer redirects to https://www.example.com/ (302), which expectServer does not follow: fetch that URL. After a redirect to yet another origin, browsers send Origin: null",
      );
    }
    // A redirect without the headers of CORS ends the fetch by itself.
    const closed = answering([500], [302, ["Location", "https://www.example.com/"]]);
    await closed.page.fetch(API).toBeBlocked("allow-origin-missing");
  });

  test("what send throws", async () => {
    const send = () => Promise.reject(new Error("connection refused"));
    await expect(expectServer(send).from(APP).fetch(API).toBeBlocked()).rejects.toThrow("connection refused");
  });

  test("what a test says wrongly", () => {
    const { page } = answering([500]);
    expect(() => page.fetch("/orders")).toThrow(TypeError);
    expect(() => expectServer(() => ({ status: 200, headers: {} })).from(`${APP}/`)).toThrow(TypeError);
    // As JavaScript does; the cast is what the type keeps out.
    expect(() => expectServer({} as never)).toThrow("expectServer: expected a function");
  });
});
