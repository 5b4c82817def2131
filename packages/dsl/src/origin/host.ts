import { LONGEST_HOST, LONGEST_LABEL } from "./limits.js";
import type { HostPattern } from "./pattern.js";
import type { OriginProblem, Parsed } from "./problem.js";
import { isIcannSuffix } from "./public-suffix.js";

const LABEL = /^[a-z0-9_-]*$/;

function problem(code: "origin-host" | "origin-wildcard", text: string): { readonly problem: OriginProblem } {
  return { problem: { code, problem: text } };
}

/** What is wrong with a name of labels; `null` when nothing is. */
function findNameProblem(name: string): string | null {
  if (name.endsWith(".") && name !== ".")
    return "a host with a dot at its end is another host, and never the one you mean";
  for (const label of name.split(".")) {
    if (label === "") return "there is nothing between two dots, or before the first";
    if (!LABEL.test(label)) return "a host has only the letters a to z, digits, `-`, `_` and dots";
    if (label.length > LONGEST_LABEL) return `no label of a host is longer than ${LONGEST_LABEL} characters`;
  }
  return name.length > LONGEST_HOST ? `no host is longer than ${LONGEST_HOST} characters` : null;
}

/** Browsers read a host as an IPv4 address when its last label looks like a number. */
function endsLikeIpv4(name: string): boolean {
  return /(?:^|\.)[0-9][^.]*$/.test(name);
}

/** Whether an address is written as the URL Standard's serializer writes it, which is how browsers send it. */
function isCanonicalAddress(address: string): boolean {
  const url = `http://${address}/`;
  return URL.canParse(url) && new URL(url).host === address;
}

function parsePartialLabel(before: string, after: string, base: string): Parsed<HostPattern> {
  if (!LABEL.test(before) || !LABEL.test(after)) {
    return problem("origin-host", "a host has only the letters a to z, digits, `-`, `_` and dots");
  }
  if (before.startsWith("xn--"))
    return problem("origin-wildcard", "a label that begins with `xn--` is encoded and has no readable parts");
  const fixed = before.length + after.length;
  if (fixed >= LONGEST_LABEL || fixed + 1 + base.length >= LONGEST_HOST) {
    return problem("origin-host", "no host has room for what the `*` would stand for");
  }
  if (isIcannSuffix(base)) {
    const hint = before === "" ? "; a dot is missing behind the `*`, perhaps" : "";
    return problem("origin-wildcard", `whoever registers a name below \`${base}\` that fits would match${hint}`);
  }
  return { value: { kind: "partial-label", before, after, base } };
}

function parseStarHost(host: string): Parsed<HostPattern> {
  const dot = host.indexOf(".");
  const label = dot < 0 ? host : host.slice(0, dot);
  const base = dot < 0 ? "" : host.slice(dot + 1);
  const star = label.indexOf("*");
  if (star < 0) return problem("origin-wildcard", "only the first label of a host may have one");
  if (base.includes("*") || label.includes("*", star + 1))
    return problem("origin-wildcard", "a host may have only one");
  if (dot < 0) {
    return problem(
      "origin-wildcard",
      "a domain has to follow, as in `https://*.example.com`; any origin at all is `*`",
    );
  }
  if (endsLikeIpv4(base)) return problem("origin-wildcard", "an address has no subdomains");
  const baseProblem = findNameProblem(base);
  if (baseProblem !== null) return problem("origin-host", baseProblem);
  if (label !== "*") return parsePartialLabel(label.slice(0, star), label.slice(star + 1), base);
  if (base.length + 2 > LONGEST_HOST)
    return problem("origin-host", "no host has room for what the `*` would stand for");
  return { value: { kind: "subdomains", base } };
}

/** Parses the host of an origin pattern; an IPv6 address with its brackets. */
export function parseHost(host: string): Parsed<HostPattern> {
  if (host === "") return problem("origin-host", "there is no host");
  if (host.startsWith("[")) {
    if (host.includes("*")) return problem("origin-wildcard", "an address is written out");
    return isCanonicalAddress(host)
      ? { value: { kind: "address", address: host } }
      : { problem: { code: "origin-ipv6" } };
  }
  if (host !== host.toLowerCase()) return { problem: { code: "origin-uppercase" } };
  if (host.includes("*")) return parseStarHost(host);
  const nameProblem = findNameProblem(host);
  if (nameProblem !== null) return problem("origin-host", nameProblem);
  if (!endsLikeIpv4(host)) return { value: { kind: "name", name: host } };
  return isCanonicalAddress(host) && /^[0-9.]+$/.test(host)
    ? { value: { kind: "address", address: host } }
    : { problem: { code: "origin-ipv4" } };
}
