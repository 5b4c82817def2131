/** What a browser would send as the Origin of a page at this address; the text itself where it can't be told. */
function serializeOrigin(text: string): string {
  if (!URL.canParse(text)) return text;
  const { origin, protocol, host } = new URL(text);
  // The URL Standard gives the pages of an app's own scheme no origin; the shells that have such pages do.
  return host === "" ? origin : `${protocol}//${host}`;
}

/**
 * Checks that a test speaks of an origin as a browser sends it. A server would deny `https://a.example/` for its slash
 * alone, so that a test of a denial would say nothing.
 *
 * @throws TypeError that says how the origin is written.
 */
export function checkPageOrigin(origin: string): void {
  const serialized = serializeOrigin(origin);
  if (serialized === origin && (origin === "null" || URL.canParse(origin))) return;
  const hint = URL.canParse(origin) ? `write ${JSON.stringify(serialized)}` : 'write one as "https://app.example.com"';
  throw new TypeError(`${JSON.stringify(origin)} is not an origin that a browser sends: ${hint}`);
}
