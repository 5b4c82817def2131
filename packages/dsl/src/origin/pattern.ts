/** What stands for hosts. */
export type HostPattern =
  /** One host by name. */
  | { readonly kind: "name"; readonly name: string }
  /** One host by address; an IPv6 address with its brackets. */
  | { readonly kind: "address"; readonly address: string }
  /** `*.base`: one or more labels before the base. */
  | { readonly kind: "subdomains"; readonly base: string }
  /** `before*after.base`: one or more characters, no dot, between two parts of a label, either of which may be empty. */
  | { readonly kind: "partial-label"; readonly before: string; readonly after: string; readonly base: string };

/** `default` is no port at all, which browsers take for the scheme's own. */
export type PortPattern = "default" | "any" | number;

/** What stands for origins with a scheme, a host and perhaps a port. */
export interface TuplePattern {
  readonly kind: "tuple";
  readonly scheme: string;
  readonly host: HostPattern;
  readonly port: PortPattern;
}

/** An origin pattern of the language, but for the lone `*`. */
export type OriginPattern = { readonly kind: "null" } | TuplePattern;

/**
 * Whether a pattern stands for one value alone, as a request has it.
 *
 * @example
 * ```ts
 * isOneOrigin(parse("https://example.com"));  // true
 * isOneOrigin(parse("http://localhost:*"));   // false
 * ```
 */
export function isOneOrigin(pattern: OriginPattern): boolean {
  if (pattern.kind === "null") return true;
  return pattern.port !== "any" && (pattern.host.kind === "name" || pattern.host.kind === "address");
}

function printHost(host: HostPattern): string {
  switch (host.kind) {
    case "name":
      return host.name;
    case "address":
      return host.address;
    case "subdomains":
      return `*.${host.base}`;
    case "partial-label":
      return `${host.before}*${host.after}.${host.base}`;
  }
}

/** Writes a pattern as the language does. */
export function printOriginPattern(pattern: OriginPattern): string {
  if (pattern.kind === "null") return "null";
  const port = pattern.port === "default" ? "" : pattern.port === "any" ? ":*" : `:${pattern.port}`;
  return `${pattern.scheme}://${printHost(pattern.host)}${port}`;
}
