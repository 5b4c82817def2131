import { parseHost } from "./host.js";
import type { OriginPattern, PortPattern } from "./pattern.js";
import type { OriginProblem, Parsed } from "./problem.js";

const LONGEST_SCHEME = 64;
const SCHEME = /^[a-z][a-z0-9+.-]*$/;
const QUOTES = "\"'`;\u2018\u2019\u201C\u201D\u00AB\u00BB";
const NULL_ORIGIN = "pages of this scheme have the origin `null`";
const NOT_A_PAGE = "no page is loaded by this scheme; a page that opens WebSockets has its own http or https origin";

const SCHEMES_WITHOUT_ORIGIN: ReadonlyMap<string, string> = new Map([
  ["file", NULL_ORIGIN],
  ["data", NULL_ORIGIN],
  ["blob", "such a page has the origin of the page that made it"],
  ["about", NULL_ORIGIN],
  ["javascript", NULL_ORIGIN],
  ["ws", NOT_A_PAGE],
  ["wss", NOT_A_PAGE],
  ["ftp", "no browser loads pages by this scheme any more"],
]);

/** The ports that an origin of these schemes stands for without naming one. */
export const DEFAULT_PORTS: ReadonlyMap<string, number> = new Map([
  ["http", 80],
  ["https", 443],
]);

function failed(code: Exclude<OriginProblem["code"], "origin-host" | "origin-scheme" | "origin-wildcard">): {
  readonly problem: OriginProblem;
} {
  return { problem: { code } };
}

function parseWithoutScheme(text: string): Parsed<never> {
  const scheme = text.slice(0, Math.max(0, text.indexOf(":"))).toLowerCase();
  const reason = SCHEMES_WITHOUT_ORIGIN.get(scheme);
  if (reason !== undefined) return { problem: { code: "origin-scheme", problem: reason } };
  return failed(DEFAULT_PORTS.has(scheme) ? "origin-syntax" : "origin-missing-scheme");
}

function findSchemeProblem(scheme: string): OriginProblem | null {
  if (scheme.includes("*"))
    return { code: "origin-wildcard", problem: "a scheme is written out; list http and https by themselves" };
  const lowerCase = scheme.toLowerCase();
  if (!SCHEME.test(lowerCase) || scheme.length > LONGEST_SCHEME) {
    return {
      code: "origin-scheme",
      problem: `a scheme is at most ${LONGEST_SCHEME} letters, digits, \`+\`, \`-\` and dots`,
    };
  }
  const reason = SCHEMES_WITHOUT_ORIGIN.get(lowerCase);
  if (reason !== undefined) return { code: "origin-scheme", problem: reason };
  return scheme === lowerCase ? null : { code: "origin-uppercase" };
}

function parsePort(text: string | null, scheme: string): Parsed<PortPattern> {
  if (text === null) return { value: "default" };
  if (text === "*") return { value: "any" };
  if (!/^[1-9][0-9]{0,4}$/.test(text) || Number(text) > 65535) return failed("origin-port");
  const port = Number(text);
  return port === DEFAULT_PORTS.get(scheme) ? failed("origin-default-port") : { value: port };
}

interface Authority {
  readonly host: string;
  readonly port: string | null;
}

/** Cuts the port off. Several colons without brackets are an IPv6 address that lacks them, or no port. */
function splitAuthority(authority: string): Parsed<Authority> {
  if (authority.startsWith("[")) {
    const close = authority.indexOf("]");
    // Without a closing bracket this is all of it, and begins with the other.
    const behind = authority.slice(close + 1);
    if (behind !== "" && !behind.startsWith(":")) return failed("origin-ipv6");
    return { value: { host: authority.slice(0, close + 1), port: behind === "" ? null : behind.slice(1) } };
  }
  const colon = authority.indexOf(":");
  if (colon < 0) return { value: { host: authority, port: null } };
  const port = authority.slice(colon + 1);
  if (port.includes(":")) return failed(/^[0-9a-f:.]+$/i.test(authority) ? "origin-ipv6" : "origin-port");
  return { value: { host: authority.slice(0, colon), port } };
}

/**
 * Parses an origin pattern, as the language writes it, but for the lone `*`.
 *
 * An origin has to be written as browsers serialize it (HTML Standard, "serialization of an origin"; Fetch Standard, "CORS
 * check": compared byte for byte). Anything else would never match, and is a problem of its own kind.
 */
export function parseOriginPattern(text: string): Parsed<OriginPattern> {
  if (text === "null") return { value: { kind: "null" } };
  if (text.toLowerCase() === "null") return failed("origin-uppercase");
  if (QUOTES.includes(text.charAt(0)) || QUOTES.includes(text.charAt(text.length - 1))) return failed("origin-syntax");
  if (!/^[\x00-\x7F]*$/.test(text)) return failed("origin-not-ascii");
  const schemeEnd = text.indexOf("://");
  // The origin of such a page is another's or `null`, whatever follows: `blob:https://example.com/…`.
  if (schemeEnd <= 0 || /^[a-z]+:(?!\/\/)/i.test(text)) return parseWithoutScheme(text);
  const scheme = text.slice(0, schemeEnd);
  const schemeProblem = findSchemeProblem(scheme);
  if (schemeProblem) return { problem: schemeProblem };

  const rest = text.slice(schemeEnd + 3);
  const pathStart = rest.search(/[/?#\\]/);
  if (pathStart > 0) return failed("origin-has-path");
  if (rest.includes("@")) return failed("origin-has-userinfo");
  const authority = splitAuthority(rest);
  if ("problem" in authority) return authority;
  if (authority.value.host.includes("*") && !DEFAULT_PORTS.has(scheme)) {
    return { problem: { code: "origin-wildcard", problem: "only hosts of http and https may have one" } };
  }
  const host = parseHost(pathStart === 0 ? "" : authority.value.host);
  if ("problem" in host) return host;
  const port = parsePort(authority.value.port, scheme);
  if ("problem" in port) return port;
  return { value: { kind: "tuple", scheme, host: host.value, port: port.value } };
}
