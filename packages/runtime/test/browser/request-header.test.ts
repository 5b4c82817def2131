import { describe, expect, test } from "vitest";
import {
  corsUnsafeRequestHeaderNames,
  isCorsSafelistedRequestHeader,
  isForbiddenRequestHeader,
} from "../../src/browser/request-header.js";
import type { Header } from "../../src/index.js";

describe("isForbiddenRequestHeader", () => {
  const forbidden =
    "Accept-Charset Accept-Encoding Access-Control-Request-Headers Access-Control-Request-Method Connection " +
    "Content-Length Cookie Cookie2 Date DNT Expect Host Keep-Alive Origin Referer Set-Cookie TE Trailer " +
    "Transfer-Encoding Upgrade Via Proxy-Authorization Proxy- Sec-Fetch-Mode sec-";
  test.each(forbidden.split(" "))("%s is, in any case", (name) => {
    for (const written of [name, name.toLowerCase(), name.toUpperCase()]) {
      expect(isForbiddenRequestHeader([written, "1"])).toBe(true);
    }
  });

  const allowed =
    "Accept Authorization Content-Type User-Agent X-Requested-With X-Sec-Token Proxying Section Cookies " +
    "Access-Control-Request-Private-Network Permissions-Policy Origin2";
  test.each(allowed.split(" "))("%s is not", (name) => {
    expect(isForbiddenRequestHeader([name, "TRACE"])).toBe(false);
  });

  test.each(["X-HTTP-Method", "x-http-method-override", "X-METHOD-OVERRIDE"])("%s is, by its value", (name) => {
    for (const value of ["TRACE", "trace", "Connect", "PUT, track", "PUT,\tTRACK ,GET"]) {
      expect(isForbiddenRequestHeader([name, value])).toBe(true);
    }
    for (const value of ["", "PUT", "TRACER", '"TRACE"', '"a, TRACE, b"']) {
      expect(isForbiddenRequestHeader([name, value])).toBe(false);
    }
  });
});

describe("isCorsSafelistedRequestHeader", () => {
  const longest = (start: string) => start.padEnd(128, "a");

  const safelisted: readonly Header[] = [
    ["Accept", ""],
    ["ACCEPT", "text/html, application/json;q=0.9, */*"],
    ["accept", "a\tb\x80\xff"],
    ["accept", longest("")],
    ["Accept-Language", "de-CH, fr;q=0.9, *;q=0.5"],
    ["accept-language", "a.b=c D9"],
    ["Content-Language", "en"],
    ["Content-Type", "text/plain"],
    ["content-type", "TEXT/Plain;charset=utf-8"],
    ["content-type", "text/plain ; a=b"],
    ["content-type", "text/plain;"],
    ["content-type", "application/x-www-form-urlencoded"],
    ["content-type", "multipart/form-data; boundary=-----x"],
    ["content-type", longest("text/plain;a=")],
    ["Range", "bytes=0-"],
    ["range", "bytes=5-5"],
    ["range", "bytes=007-7"],
    ["range", "bytes=9007199254740992-9007199254740993"],
  ];
  test.each(safelisted)("%s: %s is", (name, value) => {
    expect(isCorsSafelistedRequestHeader([name, value])).toBe(true);
  });

  const unsafe: readonly Header[] = [
    ["X-A", ""],
    ["Authorization", "a"],
    ["Cache-Control", "no-cache"],
    ["Last-Event-ID", "1"],
    ["DPR", "1"],
    ["User-Agent", "a"],
    ["accept", `${longest("")}a`],
    ...[...'\x00\x08\n\x1f"():<>?@[\\]{}\x7f'].map((byte): Header => ["accept", `a${byte}`]),
    ...[..."\t_/:\x80ä"].map((byte): Header => ["accept-language", `a${byte}`]),
    ["content-language", "@"],
    ["content-type", ""],
    ["content-type", "text"],
    ["content-type", "text/plain, text/plain"],
    ["content-type", "text /plain"],
    ["content-type", "text/plain2"],
    ["content-type", "text/json"],
    ["content-type", "application/json"],
    ["content-type", "application/json;text/plain"],
    ["content-type", 'text/plain;charset="utf-8"'],
    ["content-type", `${longest("text/plain;a=")}a`],
    ["range", ""],
    ["range", "bytes=-500"],
    ["range", "bytes=-"],
    ["range", "bytes=2-1"],
    ["range", "bytes=9007199254740993-9007199254740992"],
    ["range", "bytes=0-1,4-5"],
    ["range", "bytes= 0-1"],
    ["range", "bytes =0-1"],
    ["range", "Bytes=0-1"],
    ["range", "items=0-1"],
    ["range", "xbytes=0-1"],
    ["range", "bytes=0-1 "],
  ];
  test.each(unsafe)("%s: %j is not", (name, value) => {
    expect(isCorsSafelistedRequestHeader([name, value])).toBe(false);
  });
});

describe("corsUnsafeRequestHeaderNames", () => {
  test("are in lower case, unique and sorted, without the safelisted", () => {
    const headers: readonly Header[] = [
      ["X-Zed", "1"],
      ["Accept", "text/html"],
      ["x-alpha", "1"],
      ["Content-Type", "application/json"],
      ["X-ALPHA", "2"],
    ];
    expect(corsUnsafeRequestHeaderNames(headers)).toEqual(["content-type", "x-alpha", "x-zed"]);
    expect(corsUnsafeRequestHeaderNames([])).toEqual([]);
  });

  test("judge every line of a name by itself", () => {
    const headers: readonly Header[] = [
      ["accept", "text/html"],
      ["accept", "("],
    ];
    expect(corsUnsafeRequestHeaderNames(headers)).toEqual(["accept"]);
  });

  test("are all of them where the safelisted values are longer than 1024 together", () => {
    const lines = Array.from({ length: 8 }, (): Header => ["accept", "a".repeat(128)]);
    expect(corsUnsafeRequestHeaderNames(lines)).toEqual([]);
    expect(corsUnsafeRequestHeaderNames([...lines, ["content-language", "e"]])).toEqual(["accept", "content-language"]);
    // What is unsafe already is not in the sum.
    expect(corsUnsafeRequestHeaderNames([...lines, ["x-a", "1"]])).toEqual(["x-a"]);
  });
});
