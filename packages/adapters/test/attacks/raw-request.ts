import type { CorsRequest } from "@corslang/runtime";

/** A request as bytes (a character stands for a byte), and what HTTP makes of it. */
export interface RawRequest {
  readonly bytes: string;
  /** The facts that a server has to decide by; `null` where its parser refuses the request before. */
  readonly facts: CorsRequest | null;
}

/** What Node reads of a request's head by default. */
export const LONGEST_HEAD = 16 * 1024;

/** Text as the bytes of its UTF-8. */
export function bytesOf(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

/**
 * The value of a header: its lines, each without the blanks and tabs around it, joined (RFC 9110, 5.3 and 5.5). Written
 * straight from there; nothing of the adapters or of Node runs here.
 */
function valueOfHeader(headerLines: readonly string[], name: string): string | null {
  const values = headerLines
    .filter((line) => line.slice(0, line.indexOf(":")).toLowerCase() === name)
    .map((line) => line.slice(line.indexOf(":") + 1))
    .map((value) => {
      let start = 0;
      let end = value.length;
      while (start < end && " \t".includes(value.charAt(start))) start++;
      while (end > start && " \t".includes(value.charAt(end - 1))) end--;
      return value.slice(start, end);
    });
  return values.length > 0 ? values.join(", ") : null;
}

/** RFC 9110, 5.5: CR, LF and NUL are dangerous in values, other controls invalid. Node's parser refuses all but tabs. */
function hasControl(text: string): boolean {
  return [...text].some((character) => (character < " " && character !== "\t") || character === "\x7f");
}

/**
 * Makes a request.
 *
 * @param requestLine - `METHOD /path`.
 * @param headerLines - As they are sent, as bytes. CR and LF are sent too, where they are.
 */
export function rawRequest(requestLine: string, ...headerLines: readonly string[]): RawRequest {
  const bytes = [`${requestLine} HTTP/1.1`, "Host: api.example", ...headerLines, "", ""].join("\r\n");
  // Node does not count the blanks before a value.
  const counted = bytes.replace(/(?<=:)[ \t]+/g, "").length;
  const refused = headerLines.some(hasControl) || counted > LONGEST_HEAD;
  const facts: CorsRequest = {
    method: requestLine.split(" ")[0] ?? "",
    origin: valueOfHeader(headerLines, "origin"),
    requestMethod: valueOfHeader(headerLines, "access-control-request-method"),
    requestHeaders: valueOfHeader(headerLines, "access-control-request-headers"),
  };
  return { bytes, facts: refused ? null : facts };
}

/** A page's GET. */
export function actualFrom(origin: string): RawRequest {
  return rawRequest("GET /resource", `Origin: ${origin}`);
}

/** The preflight of a page's GET. */
export function preflightFrom(origin: string): RawRequest {
  return rawRequest("OPTIONS /resource", `Origin: ${origin}`, "Access-Control-Request-Method: GET");
}
