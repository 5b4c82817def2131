import { describe, expect, test } from "vitest";
import { ALLOW_ORIGIN, ALLOW_PUT, type Answer, API, answering } from "./answering.js";
import { thrownBy } from "./thrown-by.js";

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
      "no list of methods",
      [204, ALLOW_ORIGIN],
      undefined,
      `${first} (method-not-allowed)

The answer to the preflight allows the methods (none), and not PUT: the browser does not send the PUT.
${preflight}
  < 204
  < Access-Control-Allow-Origin: https://app.example.com`,
    ],
    [
      "a list of methods that is none",
      [204, ALLOW_ORIGIN, ["Access-Control-Allow-Methods", "PUT; DELETE"]],
      undefined,
      `${first} (preflight-malformed)

The answer to the preflight has something in Access-Control-Allow-Methods that is not a name: the browser does not send the PUT.
${preflight}
  < 204
  < Access-Control-Allow-Origin: https://app.example.com
  < Access-Control-Allow-Methods: PUT; DELETE`,
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

  test("a header, of names that begin or end as those of CORS do", async () => {
    const { page } = answering([204, ALLOW_ORIGIN, ALLOW_PUT, ["Access-Control-Allow-Headers", "origin-id"]]);
    const headers = { "Origin-Id": "1", "X-Origin": "2" };
    const { message } = await thrownBy(() => page.fetch(API, { method: "put", headers }).toBeReadable());
    expect(
      message.split("\n\n")[1],
    ).toBe(`The answer to the preflight allows the headers origin-id, and not x-origin: the browser does not send the PUT.
  > OPTIONS https://api.example.com/orders
  > access-control-request-method: PUT
  > access-control-request-headers: origin-id,x-origin
  > origin: https://app.example.com
  < 204
  < Access-Control-Allow-Origin: https://app.example.com
  < Access-Control-Allow-Methods: PUT
  < Access-Control-Allow-Headers: origin-id`);
  });

  test("of the request itself, the headers of CORS alone", async () => {
    const { page } = answering([204, ALLOW_ORIGIN, ALLOW_PUT, ["Access-Control-Allow-Headers", "*"]], [500]);
    const headers = { "Origin-Id": "1", "X-Origin": "2" };
    const { message } = await thrownBy(() => page.fetch(API, { method: "put", headers }).toBeReadable());
    expect(message).toContain("the browser has sent the PUT, and keeps the answer from the page.");
    expect(message).toMatch(`
  > PUT https://api.example.com/orders
  > origin: https://app.example.com
  < 500`);
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

  test("a denial of a request that is no preflight", async () => {
    const { page } = answering([500], [200, ["Vary", "Origin"]]);
    const { message } = await thrownBy(() => page.fetch(API).toBeReadable());
    expect(message.split("\n")[3]).toBe("This looks like a denial by the policy: expectCors(policy) tells its reason.");
  });

  test.each(simple)("%s, without a preflight", async (_, answer, init, text) => {
    const { message } = await thrownBy(() => answering([500], answer).page.fetch(API, init).toBeReadable());
    expect(message.slice(message.indexOf("\n\n") + 2).split("\n  > ")[0]).toBe(text);
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
    const unlisted = answering([500], [200, ALLOW_ORIGIN, ["ETag", "1"]]).page;
    const { message } = await thrownBy(() => unlisted.fetch(API).toExpose("ETag"));
    expect(message).toContain("\n\nIt has Access-Control-Expose-Headers: (none).\nThe page reads the answer.\n");
    const blocked = await thrownBy(() => answering([500], [200]).page.fetch(API).toExpose("ETag"));
    expect(blocked.message).toMatch(/^expected .+ to be readable, and it is blocked \(allow-origin-missing\)/);
  });
});
