import { coversLabel, matchesLabel } from "./label-relations.js";
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
