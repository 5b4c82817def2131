import { isLoopbackName } from "./loopback.js";
import { parseOriginPattern } from "./parse.js";

/** What people write around an origin without meaning it. */
const WRAPPING = /^["'`\u2018\u201C\u00AB<]+|["'`;\u2019\u201D\u00BB>]+$/g;
/** The longest origin has 326 characters; nothing much longer was meant as one. */
const LONGEST_TEXT = 1000;
const PAGE_SCHEMES: ReadonlyMap<string, string> = new Map([
  ["ws", "http"],
  ["wss", "https"],
]);

/** What follows these schemes is no host. */
const WITHOUT_HOST = /^(?:about|blob|data|file|javascript|mailto):/i;

function addScheme(text: string): string {
  if (text.includes("://")) return text;
  const withoutStart = text.replace(/^(https?):\/?/i, "$1://");
  if (withoutStart !== text) return withoutStart;
  const rest = text.replace(/^\/\//, "");
  return `${isLoopbackName(rest.replace(/[:/].*$/, "")) ? "http" : "https"}://${rest}`;
}

/** `*example.com` for `*.example.com`. */
function addForgottenDot(text: string): string {
  return text.replace(/^([a-z]+:\/\/\*)(?=[a-z0-9])/, "$1.");
}

/** The URL Standard's own parser and serializer say how a browser writes it. */
function serialize(text: string): string | null {
  const [, start = text, anyPort = ""] = /^([^/]*:\/\/[^/?#]*)(:\*)/.exec(text) ?? [];
  const schemeEnd = start.indexOf("://");
  const written = start.slice(0, schemeEnd).toLowerCase();
  const scheme = PAGE_SCHEMES.get(written) ?? written;
  // The parser lower-cases, decodes and elides only for schemes that it knows.
  const special = scheme === "http" ? "http" : "https";
  const url = `${special}${start.slice(schemeEnd)}`;
  if (!URL.canParse(url)) return null;
  const { hostname, port } = new URL(url);
  return `${scheme}://${hostname.replace(/\.$/, "")}${port === "" ? "" : `:${port}`}${anyPort}`;
}

/**
 * What was probably meant by a text that is no origin pattern: how a browser would write it. `null` when nothing comes
 * out that is one. It is shown to the author and never taken silently, since `аpple.com` may have been meant by nobody.
 */
export function suggestOrigin(text: string): string | null {
  if (text.length > LONGEST_TEXT || WITHOUT_HOST.test(text)) return null;
  const unwrapped = text.replace(WRAPPING, "");
  if (unwrapped.toLowerCase() === "null") return "null";
  const serialized = serialize(addScheme(unwrapped));
  if (serialized === null) return null;
  for (const candidate of [serialized, addForgottenDot(serialized)]) {
    if (candidate !== text && "value" in parseOriginPattern(candidate)) return candidate;
  }
  return null;
}
