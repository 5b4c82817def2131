/** A folder of Windows' way of writing paths, as in `C:\policies` or `\\server\share`. */
const WINDOWS_ROOT = /^(?:[A-Za-z]:[\\/]|\\\\)/;

/** Half of a surrogate pair: no character, and nothing that can be encoded. With `u`, whole pairs don't match. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

function encodeSegments(path: string): string {
  const segments = path.split("/").filter((segment) => segment !== "" && segment !== ".");
  return segments.map((segment) => encodeURIComponent(segment.replace(LONE_SURROGATE, "\uFFFD"))).join("/");
}

/**
 * Writes a path as a URI reference (RFC 3986): a relative one for a relative path, with every character escaped that
 * means something else there (a `:` in a first segment would make a scheme of it), a `file:` URI for others (RFC 8089).
 *
 * @example
 * ```ts
 * toUriReference("policies/a b.cors"); // "policies/a%20b.cors"
 * toUriReference("/etc/a.cors"); // "file:///etc/a.cors"
 * ```
 */
export function toUriReference(path: string): string {
  if (path.startsWith("/")) return `file:///${encodeSegments(path)}`;
  if (!WINDOWS_ROOT.test(path)) return encodeSegments(path);
  const segments = encodeSegments(path.replaceAll("\\", "/"));
  // A drive keeps its `:`; in `\\server\share` the server is the URI's host.
  return path.startsWith("\\\\") ? `file://${segments}` : `file:///${segments.replace("%3A", ":")}`;
}
