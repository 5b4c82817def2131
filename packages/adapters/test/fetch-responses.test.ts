import { cors } from "@corslang/adapters/fetch";
import { createMatcher } from "@corslang/runtime";
import { afterEach, describe, expect, test } from "vitest";
import { type Listening, serve } from "./applications/application.js";
import { fromApp, fromEvil, linesOf, requestFrom } from "./applications/fetch.js";
import { account, openRead, plain } from "./policies.js";

const ALLOW_APP = "access-control-allow-origin: https://app.example.com";
const policy = createMatcher(plain);

const servers: Listening[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** A response of an upgrade, as runtimes have them; Node's Response can't be made with this status. */
function upgrade(): Response {
  return Object.defineProperty(new Response(null), "status", { value: 101 });
}

describe("responses", () => {
  test("one with headers that can be changed is itself returned", async () => {
    const own = new Response("handled", { headers: { "X-Own": "1", Vary: "Accept" } });
    const response = await cors(policy, () => own)(fromApp);
    expect(response).toBe(own);
    expect([linesOf(response), response.headers.get("X-Own")]).toEqual([[ALLOW_APP, "vary: accept, origin"], "1"]);
  });

  test("one that is returned for every request has each time the headers of this request", async () => {
    const shared = new Response(null, { status: 404 });
    const handle = cors(policy, () => shared);
    expect(linesOf(await handle(fromApp))).toEqual([ALLOW_APP, "vary: origin"]);
    expect(linesOf(await handle(fromEvil))).toEqual(["vary: origin"]);
    expect(linesOf(await handle(fromApp))).toEqual([ALLOW_APP, "vary: origin"]);
  });

  test("one that answers several requests at a time has for each the headers of its own", async () => {
    const shared = new Response(null, { status: 204 });
    const later = new Promise<Response>((resolve) => setTimeout(resolve, 0, shared));
    const handle = cors(policy, () => later);
    const [first, second, third] = await Promise.all([handle(fromApp), handle(fromEvil), handle(fromApp)]);
    expect(linesOf(first)).toEqual([ALLOW_APP, "vary: origin"]);
    expect(linesOf(second)).toEqual(["vary: origin"]);
    expect(linesOf(third)).toEqual([ALLOW_APP, "vary: origin"]);
  });

  test("status, reason and every Set-Cookie survive", async () => {
    const headers = new Headers({ "X-Own": "1" });
    headers.append("Set-Cookie", "a=1; Path=/");
    headers.append("Set-Cookie", "b=2");
    const handle = cors(createMatcher(account), () => {
      return new Response("short and stout", { status: 418, statusText: "I'm a Teapot", headers });
    });
    const response = await handle(fromApp);
    expect([response.status, response.statusText, await response.text()]).toEqual([
      418,
      "I'm a Teapot",
      "short and stout",
    ]);
    expect(response.headers.getSetCookie()).toEqual(["a=1; Path=/", "b=2"]);
    expect(response.headers.get("X-Own")).toBe("1");
  });

  test.each([204, 205, 304])("the status %i keeps its empty body", async (status) => {
    const response = await cors(policy, () => new Response(null, { status }))(fromApp);
    expect([response.status, response.body, linesOf(response)]).toEqual([status, null, [ALLOW_APP, "vary: origin"]]);
  });

  test("Response.redirect, whose headers are immutable", async () => {
    const handle = cors(policy, () => Response.redirect("http://service.example/elsewhere", 307));
    const response = await handle(fromApp);
    expect([response.status, response.headers.get("Location"), linesOf(response)]).toEqual([
      307,
      "http://service.example/elsewhere",
      [ALLOW_APP, "vary: origin"],
    ]);
    expect(linesOf(await handle(fromEvil))).toEqual(["vary: origin"]);
  });

  test("Response.json", async () => {
    const response = await cors(policy, () => Response.json({ a: 1 }, { status: 201 }))(fromApp);
    expect([response.status, await response.json(), linesOf(response)]).toEqual([
      201,
      { a: 1 },
      [ALLOW_APP, "vary: origin"],
    ]);
  });

  test.each([
    ["allowed", fromApp, [ALLOW_APP, "vary: accept, origin"]],
    ["denied", fromEvil, ["vary: accept, origin"]],
  ] as const)("a result of fetch(), whose headers are immutable: %s", async (_outcome, request, lines) => {
    const upstream = await serve((_request, response) => {
      response.writeHead(418, "I'm a Teapot", [
        ...["Set-Cookie", "a=1", "Set-Cookie", "b=2", "Vary", "Accept"],
        ...["Access-Control-Allow-Origin", "*", "Access-Control-Allow-Credentials", "true"],
      ]);
      response.end("from upstream");
    });
    servers.push(upstream);
    const handle = cors(policy, () => fetch(`http://127.0.0.1:${upstream.port}/`));
    const response = await handle(request);
    expect([response.status, response.statusText, await response.text()]).toEqual([
      418,
      "I'm a Teapot",
      "from upstream",
    ]);
    expect(linesOf(response)).toEqual([
      ...lines.slice(0, -1),
      "set-cookie: a=1",
      "set-cookie: b=2",
      ...lines.slice(-1),
    ]);
  });

  test("Response.error(), which no page can read, is passed on untouched", async () => {
    const networkError = Response.error();
    expect(await cors(policy, () => networkError)(fromApp)).toBe(networkError);
    expect(await cors(policy, async () => networkError)(fromApp)).toBe(networkError);
  });

  // In Workers a response with a web socket has this status, too: it can have no other.
  test("an upgrade is passed on untouched", async () => {
    const switching = upgrade();
    expect(await cors(policy, () => switching)(fromApp)).toBe(switching);
    expect(linesOf(switching)).toEqual([]);
  });

  test("a stricter policy further in decides alone, also where its response is wrapped again", async () => {
    const open = createMatcher(openRead);
    const strict = cors(policy, () => new Response("handled", { status: 201 }));
    const nested = cors(open, strict);
    const wrapping = cors(open, async (request) => {
      const inner = await strict(request);
      return new Response(inner.body, inner);
    });
    for (const handle of [nested, wrapping]) {
      const denied = await handle(fromEvil);
      expect([denied.status, linesOf(denied)]).toEqual([201, ["vary: origin"]]);
      expect(linesOf(await handle(fromApp))).toEqual([ALLOW_APP, "vary: origin"]);
    }
    // Each request by itself: what was decided further in for one is nothing to the next.
    expect(linesOf(await cors(open, () => new Response())(fromEvil))).toEqual(["access-control-allow-origin: *"]);
  });

  test("the origin that is sent is the one that the inner policy has decided on", async () => {
    const request = requestFrom("https://app.example.com");
    const inner = cors(createMatcher({ ...plain, origins: ["https://other.example"] }), () => new Response());
    const handle = cors(policy, (changed) => {
      changed.headers.set("Origin", "https://other.example");
      return inner(changed);
    });
    expect(linesOf(await handle(request))).toEqual([
      "access-control-allow-origin: https://other.example",
      "vary: origin",
    ]);
  });

  test("origins * and no Vary of the application: no Vary at all", async () => {
    const response = await cors(createMatcher(openRead), () => new Response("handled"))(fromApp);
    expect(linesOf(response)).toEqual(["access-control-allow-origin: *"]);
  });
});

describe("streams", () => {
  /** A body of which each part is there when the test says so. */
  function controlledBody() {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    return { readable, writer: writable.getWriter() };
  }

  const text = new TextEncoder();

  test.each([
    ["can be changed", (body: ReadableStream) => new Response(body)],
    [
      "are immutable",
      // As with the results of fetch(), but with a body that the test controls.
      (body: ReadableStream) => {
        const response = new Response(body);
        const { headers } = response;
        const refuse = () => {
          throw new TypeError("immutable");
        };
        return Object.defineProperty(response, "headers", {
          value: Object.assign(new Headers(headers), { set: refuse, delete: refuse, append: refuse }),
        });
      },
    ],
  ])("a body is not buffered where headers %s", async (_headers, toResponse) => {
    const { readable, writer } = controlledBody();
    const response = await cors(policy, () => toResponse(readable))(fromApp);
    expect(linesOf(response)).toEqual([ALLOW_APP, "vary: origin"]);
    const reader = response.body?.getReader();
    const first = reader?.read();
    await writer.write(text.encode("first"));
    // The first part has been read before the last one exists.
    expect(await first).toEqual({ done: false, value: text.encode("first") });
    const last = reader?.read();
    await writer.write(text.encode("last"));
    expect(await last).toEqual({ done: false, value: text.encode("last") });
    await writer.close();
    expect((await reader?.read())?.done).toBe(true);
  });

  test("a reader that goes away reaches the application's stream", async () => {
    let reasonOfCancel: unknown;
    const body = new ReadableStream({
      cancel(reason) {
        reasonOfCancel = reason;
      },
    });
    const response = await cors(policy, () => new Response(body))(fromApp);
    await response.body?.cancel("gone");
    expect(reasonOfCancel).toBe("gone");
  });
});
