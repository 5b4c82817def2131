import { DEFAULT_PORTS } from "../parse.js";
import type { PortPattern } from "../pattern.js";
import type { Port } from "../port-relations.js";

/** Ports that readers know from servers, for examples. */
const FAMILIAR_PORTS = [3000, 8080, 8443];

/** From here on no service has a port of its own (RFC 6335, 6), so that Fetch's "bad port" blocks none of them. */
const FIRST_DYNAMIC_PORT = 49152;
const HIGHEST_PORT = 65535;

/** The ports that can be written, those first that browsers reach. */
function* writtenPorts(scheme: string): Generator<number> {
  yield* FAMILIAR_PORTS;
  for (let port = FIRST_DYNAMIC_PORT; port <= HIGHEST_PORT; port++) yield port;
  for (let port = FIRST_DYNAMIC_PORT - 1; port > 0; port--) {
    if (port !== DEFAULT_PORTS.get(scheme)) yield port;
  }
}

/**
 * The ports of a pattern that have to be looked at, to find one where a list leaves something: the default one first, then
 * one that the list does not name. What is taken there is taken at every port, so the ports that the list names matter only
 * where it names all.
 *
 * @example
 * ```ts
 * [...portsToTry("https", "any", new Set([3000]))]; // ["default", 8080]
 * [...portsToTry("https", 9000, new Set([3000]))];  // [9000]
 * ```
 */
export function* portsToTry(scheme: string, pattern: PortPattern, named: ReadonlySet<PortPattern>): Generator<Port> {
  if (pattern !== "any") {
    yield pattern;
    return;
  }
  yield "default";
  for (const port of writtenPorts(scheme)) {
    if (named.has(port)) continue;
    yield port;
    return;
  }
  yield* writtenPorts(scheme);
}
