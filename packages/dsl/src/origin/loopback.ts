import type { HostPattern } from "./pattern.js";

/** Whether a name always means the machine itself (RFC 6761, 6.3; Fetch's "potentially trustworthy" hosts). */
export function isLoopbackName(name: string): boolean {
  return name === "localhost" || name.endsWith(".localhost");
}

/** Whether all hosts of a pattern are the machine itself: nobody on the network can be one of them. */
export function isLoopback(host: HostPattern): boolean {
  switch (host.kind) {
    case "name":
      return isLoopbackName(host.name);
    case "address":
      return host.address === "[::1]" || host.address.startsWith("127.");
    case "subdomains":
    case "partial-label":
      return isLoopbackName(host.base);
  }
}
