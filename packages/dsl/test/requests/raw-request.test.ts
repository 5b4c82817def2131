import { describe, expect, test } from "vitest";
import { parseRawRequest } from "../../src/requests/raw-request.js";
import { toPageRequest } from "../../src/requests/written-request.js";

function pageOf(text: string) {
  const request = parseRawRequest(text);
  return "problem" in request ? request : toPageRequest(request, null);
}

const REQUEST = [
  "PUT /account HTTP/1.1",
  "Host: api.example.com",
  "User-Agent: curl/8",
  "Origin: https://app.example.com",
  "Content-Type:application/json",
  "Cookie: a=1",
  "",
  '{"Not": "a header"}',
];

const PAGE = {
  origin: "https://app.example.com",
  method: "PUT",
  headers: [["Content-Type", "application/json"]],
  credentials: "include",
  isSameOrigin: false,
};

describe("a raw request", () => {
  test.each([
    ["with LF", REQUEST.join("\n")],
    ["with CRLF", REQUEST.join("\r\n")],
    ["without a body", REQUEST.slice(0, 6).join("\r\n")],
    ["behind an empty line and a byte-order mark", `\uFEFF\n${REQUEST.join("\n")}`],
    ["of HTTP/2", REQUEST.join("\n").replace("HTTP/1.1", "HTTP/2")],
    ["without a version", REQUEST.join("\n").replace(" HTTP/1.1", "")],
    ["for a proxy", REQUEST.join("\n").replace("/account", "http://api.example.com/account")],
  ])("%s", (_name, text) => {
    expect(pageOf(text)).toEqual(PAGE);
  });

  test("with the pseudo-headers of HTTP/2", () => {
    const lines = [":method: PUT", ":authority: api.example.com", ":scheme: https", ":path: /account"];
    expect(pageOf([...lines, ...REQUEST.slice(2)].join("\n"))).toEqual(PAGE);
    const own = [":method: PUT", ":authority: app.example.com", ":scheme: https", ":path: /account"];
    expect(pageOf([...own, ...REQUEST.slice(2)].join("\n"))).toEqual({ ...PAGE, isSameOrigin: true });
  });

  test("without a cookie has no credentials", () => {
    expect(pageOf(REQUEST.filter((line) => !line.startsWith("Cookie")).join("\n"))).toEqual({
      ...PAGE,
      credentials: "omit",
    });
  });

  test("for a proxy says where the server is", () => {
    const text = "GET https://app.example.com/ HTTP/1.1\nOrigin: https://app.example.com\n";
    expect(pageOf(text)).toMatchObject({ isSameOrigin: true });
    // By which scheme the server was asked is not said.
    expect(pageOf("GET / HTTP/1.1\nHost: app.example.com\nOrigin: https://app.example.com\n")).toMatchObject({
      isSameOrigin: false,
    });
  });

  test("that is a preflight is the request that it asks for", () => {
    const lines = [
      "OPTIONS /account HTTP/1.1",
      "Origin: null",
      "Access-Control-Request-Method: DELETE",
      "Access-Control-Request-Headers: x-a, x-b",
    ];
    expect(pageOf(lines.join("\r\n"))).toMatchObject({
      origin: "null",
      method: "DELETE",
      headers: [
        ["x-a", "("],
        ["x-b", "("],
      ],
    });
  });

  test.each([
    ["", "the first line is no request line, as `PUT /account HTTP/1.1`"],
    ["HTTP/1.1 200 OK, and more\n", "the first line is no request line, as `PUT /account HTTP/1.1`"],
    ["GET / HTTP/1.1\nno header\n", "line 2 is no header, as `Origin: https://app.example.com`"],
    ["GET / HTTP/1.1\nHost: a\n", "the request has no Origin and no Referer; say by --origin where the page is"],
  ])("%j says what is wrong", (text, problem) => {
    expect(pageOf(text)).toEqual({ problem });
  });
});
