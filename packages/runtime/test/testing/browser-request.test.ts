import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { type BrowserRequest, createBrowserRequests } from "../../src/testing.js";

const APP = "https://app.example.com";
const API = "https://api.example.com/orders?open=1";
const METADATA = { "sec-fetch-dest": "empty", "sec-fetch-mode": "cors", "sec-fetch-site": "same-site" };

describe("createBrowserRequests", () => {
  test("sends a simple request alone", () => {
    expect(createBrowserRequests(APP, API)).toStrictEqual({
      preflight: null,
      actual: {
        url: API,
        method: "GET",
        headers: { accept: "*/*", origin: APP, ...METADATA },
        redirect: "manual",
      },
    });
  });

  test("sends a preflight with what is unsafe, in lower case, sorted and joined by commas alone", () => {
    const { preflight, actual } = createBrowserRequests(APP, API, {
      method: "put",
      headers: { "X-Zed": "1", "Content-Type": "application/json", Accept: "text/html", "X-Alpha": "2", Cookie: "a=b" },
      credentials: "include",
      body: "{}",
    });
    expect(preflight).toEqual({
      url: API,
      method: "OPTIONS",
      headers: {
        accept: "*/*",
        "access-control-request-method": "PUT",
        "access-control-request-headers": "content-type,x-alpha,x-zed",
        origin: APP,
        ...METADATA,
      },
      redirect: "manual",
    });
    expect(actual).toEqual({
      url: API,
      method: "PUT",
      headers: {
        accept: "text/html",
        "content-type": "application/json",
        origin: APP,
        "x-alpha": "2",
        "x-zed": "1",
        ...METADATA,
      },
      body: "{}",
      redirect: "manual",
    });
  });

  test("asks for no headers where all are safelisted", () => {
    const { preflight } = createBrowserRequests(APP, API, { method: "DELETE", headers: { Accept: "text/html" } });
    expect(preflight?.headers).toEqual({
      accept: "*/*",
      "access-control-request-method": "DELETE",
      origin: APP,
      ...METADATA,
    });
  });

  test("a header that is undefined is none", () => {
    const { preflight, actual } = createBrowserRequests(APP, API, { headers: { "X-One": undefined } });
    expect(preflight).toBeNull();
    expect(actual.headers).toEqual({ accept: "*/*", origin: APP, ...METADATA });
  });

  test("an upload listener makes a preflight", () => {
    const { preflight } = createBrowserRequests(APP, API, { method: "POST", uploadListener: true });
    expect(preflight?.headers["access-control-request-method"]).toBe("POST");
  });

  test("a text goes out as text/plain, and joins lines of one name", () => {
    const headers = [
      ["Accept-Language", "de"],
      ["accept-language", "fr"],
    ] as const;
    const { preflight, actual } = createBrowserRequests(APP, API, { method: "POST", body: "", headers });
    expect(preflight).toBeNull();
    expect(actual.body).toBe("");
    expect(actual.headers["content-type"]).toBe("text/plain;charset=UTF-8");
    expect(actual.headers["accept-language"]).toBe("de, fr");
  });

  test("cookies go with credentials, and never with a preflight", () => {
    const cookiesOf = (credentials: "omit" | "same-origin" | "include" | undefined, url = API) => {
      const { preflight, actual } = createBrowserRequests(APP, url, { method: "PUT", credentials, cookie: "a=b" });
      return [preflight?.headers.cookie, actual.headers.cookie];
    };
    expect(cookiesOf("include")).toEqual([undefined, "a=b"]);
    expect(cookiesOf("same-origin")).toEqual([undefined, undefined]);
    expect(cookiesOf("omit", `${APP}/orders`)).toEqual([undefined, undefined]);
    expect(cookiesOf("same-origin", `${APP}/orders`)).toEqual([undefined, "a=b"]);
    expect(cookiesOf(undefined)).toEqual([undefined, undefined]);
    expect(cookiesOf(undefined, `${APP}/orders`)).toEqual([undefined, "a=b"]);
  });

  test("the server's own pages need no CORS, and send Origin where something may change", () => {
    const own = { "sec-fetch-dest": "empty", "sec-fetch-mode": "cors", "sec-fetch-site": "same-origin", accept: "*/*" };
    expect(createBrowserRequests(APP, `${APP}/orders`).actual.headers).toEqual(own);
    expect(createBrowserRequests(APP, `${APP}/orders`, { method: "HEAD" }).actual.headers).toEqual(own);
    const { preflight, actual } = createBrowserRequests(APP, `${APP}/orders`, { method: "DELETE" });
    expect(preflight).toBeNull();
    expect(actual.headers).toEqual({ ...own, origin: APP });
  });

  test.each([
    [APP, "https://app.example.com:8443/", "same-site"],
    [APP, "https://example.com/", "same-site"],
    [APP, "http://localhost/", "cross-site"],
    ["http://app.example.com", "https://app.example.com/", "cross-site"],
    ["https://example.com", "https://example.org/", "cross-site"],
    ["https://example.com", "https://sample.com/", "cross-site"],
    ["https://ab.test", "https://a.btest/", "cross-site"],
    ["https://1.example.com", "https://2.example.com/", "same-site"],
    ["https://1.rack.node7", "https://2.rack.node7/", "same-site"],
    ["http://localhost:5173", "http://localhost:3000/", "same-site"],
    ["http://10.0.0.1", "http://127.0.0.1:3000/", "cross-site"],
    ["http://127.0.0.1:5173", "http://127.0.0.1:3000/", "same-site"],
    ["http://[::1]:5173", "http://[::1]/", "same-site"],
    ["https://example.com", "http://api.localhost/", "cross-site"],
    ["null", "https://api.example.com/", "cross-site"],
    ["capacitor://localhost", "https://localhost/", "cross-site"],
  ])("from %s to %s: %s", (origin, url, site) => {
    expect(createBrowserRequests(origin, url).actual.headers["sec-fetch-site"]).toBe(site);
  });

  test("the site can be said, where the last two labels do not tell it", () => {
    const [page, url] = ["https://a.github.io", "https://b.github.io/"];
    const init = { method: "PUT", site: "cross-site" } as const;
    const { preflight, actual } = createBrowserRequests(page, url, init);
    expect(preflight?.headers["sec-fetch-site"]).toBe("cross-site");
    expect(actual.headers["sec-fetch-site"]).toBe("cross-site");
    // What is told by the origins themselves can't be said otherwise.
    expect(createBrowserRequests(page, `${page}/x`, init).actual.headers["sec-fetch-site"]).toBe("same-origin");
  });

  test("over plain HTTP there is no Sec-Fetch", () => {
    const { headers } = createBrowserRequests("http://app.example.com", "http://api.example.com/").actual;
    expect(headers).toEqual({ accept: "*/*", origin: "http://app.example.com" });
  });

  test.each(["localhost", "api.localhost", "127.0.0.1", "127.8.0.1", "[::1]"])("but to %s there is", (host) => {
    expect(createBrowserRequests(APP, `http://${host}:3000/`).actual.headers).toHaveProperty("sec-fetch-site");
  });

  test.each(["notlocalhost", "localhost.example.com", "127.0.0.1.example.com", "10.127.0.1", "[::2]"])(
    "and to %s there is not, whatever its name looks like",
    (host) => {
      expect(createBrowserRequests(APP, `http://${host}:3000/`).actual.headers).not.toHaveProperty("sec-fetch-site");
    },
  );

  test.each([
    [{ method: "TRACE" }, "fetch() refuses: CONNECT, TRACE and TRACK are methods that browsers keep from scripts"],
    [{ method: "PUT POST" }, "fetch() refuses: the method is not a token, as methods are"],
    [{ headers: { "X-A": "\n1\n2" } }, "fetch() refuses: a header's name or value has characters that it can't have"],
    [{ body: "" }, "fetch() refuses: a GET or HEAD has no body"],
    [{ method: "head", body: "text" }, "fetch() refuses: a GET or HEAD has no body"],
  ])("throws as fetch() does for %j", (init, message) => {
    expect(() => createBrowserRequests(APP, API, init)).toThrow(new TypeError(message));
  });

  test("throws for what is no origin, and no URL", () => {
    expect(() => createBrowserRequests(`${APP}/`, API)).toThrow(/is not an origin that a browser sends/);
    expect(() => createBrowserRequests(APP, "/orders")).toThrow(
      new TypeError('"/orders" is not a whole URL: write it as in "https://api.example.com/orders"'),
    );
  });
});

describe("the requests fit", () => {
  const init = {
    method: "PUT",
    headers: { "X-One": "1" },
    body: "text",
    credentials: "include",
    cookie: "a=b",
  } as const;

  test("Request", async () => {
    const { preflight, actual } = createBrowserRequests(APP, API, init);
    for (const sent of [preflight, actual]) {
      if (sent === null) throw new Error("there is no preflight");
      const request = new Request(sent.url, sent);
      expect([request.url, request.method]).toEqual([sent.url, sent.method]);
      expect(Object.fromEntries(request.headers)).toEqual(sent.headers);
      expect(await request.text()).toBe(sent.body ?? "");
    }
  });

  test("Node's fetch, which sends every one of the headers", async () => {
    const received: Record<string, unknown>[] = [];
    const server = createServer((request, response) => {
      received.push({ ...request.headers, method: request.method });
      response.writeHead(302, { Location: "/elsewhere" }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      // The cast holds for a server that listens on a port.
      const { port } = server.address() as AddressInfo;
      const { preflight, actual } = createBrowserRequests(APP, `http://127.0.0.1:${port}/`, init);
      const sent = [preflight, actual].filter((request): request is BrowserRequest => request !== null);
      for (const request of sent) expect((await fetch(request.url, request)).status).toBe(302);
      expect(received).toHaveLength(2);
      for (const [index, { headers, method }] of sent.entries()) {
        expect(received[index]).toMatchObject({ ...headers, method });
      }
      expect(received[0]).not.toHaveProperty("cookie");
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
