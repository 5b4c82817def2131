import type { Header } from "@corslang/runtime";
import type { RequestProblem, WrittenRequest } from "./written-request.js";

/** `PUT /account HTTP/1.1`; tools that show HTTP/2 write `HTTP/2`, or nothing. */
const REQUEST_LINE = /^(\S+) (\S+)(?: HTTP\/[0-9.]+)?$/;
/** What HTTP/2 has in place of a request line begins with a colon, too. */
const HEADER_LINE = /^(:?[^:\s]+):[ \t]*(.*?)[ \t]*$/;

function findUrl(target: string, headers: readonly Header[]): string | null {
  if (URL.canParse(target)) return target;
  const findValue = (name: string) => headers.find(([other]) => other.toLowerCase() === name)?.[1] ?? null;
  const host = findValue(":authority") ?? findValue("host");
  const scheme = findValue(":scheme");
  // Without it nobody knows whether the server was asked by https.
  return host === null || scheme === null ? null : `${scheme}://${host}${target}`;
}

/**
 * Reads a raw HTTP request: the request line and the headers, with LF or CRLF, up to the first empty line. Instead of the
 * request line there may be the pseudo-headers of HTTP/2.
 *
 * @example
 * ```ts
 * parseRawRequest("PUT /account HTTP/1.1\r\nHost: api.example.com\r\nOrigin: https://app.example.com\r\n\r\n");
 * // { method: "PUT", headers: [["Host", "api.example.com"], …], … }
 * ```
 */
export function parseRawRequest(text: string): WrittenRequest | RequestProblem {
  const lines = text.replace(/^\uFEFF?\s+/, "").split(/\r?\n/);
  const [first = ""] = lines;
  const isPseudo = first.startsWith(":");
  const [, method = "", target = ""] = REQUEST_LINE.exec(first.trim()) ?? [];
  if (!isPseudo && method === "") {
    return { problem: "the first line is no request line, as `PUT /account HTTP/1.1`" };
  }
  const headers: Header[] = [];
  for (const [index, line] of lines.entries()) {
    if (index === 0 && !isPseudo) continue;
    if (line.trim() === "") break;
    const [, name, value = ""] = HEADER_LINE.exec(line) ?? [];
    if (name === undefined)
      return { problem: `line ${index + 1} is no header, as \`Origin: https://app.example.com\`` };
    headers.push([name, value]);
  }
  const pseudo = (name: string) => headers.find(([other]) => other === name)?.[1] ?? "";
  return {
    method: isPseudo ? pseudo(":method") : method,
    url: findUrl(isPseudo ? pseudo(":path") : target, headers),
    headers: headers.filter(([name]) => !name.startsWith(":")),
    credentials: headers.some(([name]) => name.toLowerCase() === "cookie"),
  };
}
