import { coversLabel, exampleLabel, findCommonLabel, matchesLabel } from "./label-relations.js";
import { LONGEST_HOST, LONGEST_LABEL } from "./limits.js";
import type { HostPattern } from "./pattern.js";

type PartialLabelHost = Extract<HostPattern, { readonly kind: "partial-label" }>;

/** Whether a name is a base or one below it: a suffix, but on the border of a label alone. */
function isWithin(base: string, name: string): boolean {
  return name === base || name.endsWith(`.${base}`);
}

function coversBySubdomains(base: string, narrower: HostPattern): boolean {
  switch (narrower.kind) {
    case "name":
      return narrower.name !== base && isWithin(base, narrower.name);
    case "address":
      return false;
    case "subdomains":
    case "partial-label":
      return isWithin(base, narrower.base);
  }
}

function coversByPartialLabel(wider: PartialLabelHost, narrower: HostPattern): boolean {
  switch (narrower.kind) {
    case "name": {
      const [label = "", ...base] = narrower.name.split(".");
      return base.join(".") === wider.base && matchesLabel(wider, label);
    }
    case "address":
    case "subdomains":
      // Some subdomains have a single character in front, which is too short for a fixed part and a star.
      return false;
    case "partial-label":
      return narrower.base === wider.base && coversLabel(wider, narrower);
  }
}

/**
 * Whether one stands for each host of the other. The limits of length take no part in it: where not every host is
 * covered, one of the shortest is not, and a pattern's shortest hosts are within the limits.
 *
 * @example
 * ```ts
 * coversHost({ kind: "subdomains", base: "example.com" }, { kind: "name", name: "a.example.com" }); // true
 * coversHost({ kind: "subdomains", base: "example.com" }, { kind: "name", name: "example.com" });   // false
 * ```
 */
export function coversHost(wider: HostPattern, narrower: HostPattern): boolean {
  switch (wider.kind) {
    case "name":
      return narrower.kind === "name" && narrower.name === wider.name;
    case "address":
      return narrower.kind === "address" && narrower.address === wider.address;
    case "subdomains":
      return coversBySubdomains(wider.base, narrower);
    case "partial-label":
      return coversByPartialLabel(wider, narrower);
  }
}

/**
 * A short host that a pattern stands for. There always is one: the parser refuses a base that leaves no room.
 *
 * @example
 * ```ts
 * exampleHost({ kind: "subdomains", base: "example.com" }); // "a.example.com"
 * ```
 */
export function exampleHost(host: HostPattern): string {
  switch (host.kind) {
    case "name":
      return host.name;
    case "address":
      return host.address;
    case "subdomains":
      return `a.${host.base}`;
    case "partial-label":
      return `${exampleLabel(host)}.${host.base}`;
  }
}

/**
 * A short host that both stand for; `null` when there is none.
 *
 * Nearly always, two patterns with a common host are one within the other: both bases are ends of that host, so one base
 * is within the other, and a partial label stands for one label only. The exception are two partial labels of one base.
 *
 * @example
 * ```ts
 * const previews: HostPattern = { kind: "partial-label", before: "preview-", after: "", base: "example.dev" };
 * findCommonHost(previews, { kind: "subdomains", base: "dev" });                                            // "preview-a.example.dev"
 * findCommonHost(previews, { kind: "partial-label", before: "", after: "-staging", base: "example.dev" }); // "preview-staging.example.dev"
 * ```
 */
export function findCommonHost(one: HostPattern, other: HostPattern): string | null {
  if (coversHost(one, other)) return exampleHost(other);
  if (coversHost(other, one)) return exampleHost(one);
  if (one.kind !== "partial-label" || other.kind !== "partial-label" || one.base !== other.base) return null;
  const longest = Math.min(LONGEST_LABEL, LONGEST_HOST - 1 - one.base.length);
  const label = findCommonLabel(one, other, longest);
  return label === null ? null : `${label}.${one.base}`;
}
