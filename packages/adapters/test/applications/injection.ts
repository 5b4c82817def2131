import type { FastifyInstance, InjectOptions } from "fastify";
import { corsLines, parseHeaderLine } from "../http-client.js";

export const FROM_APP = "Origin: https://app.example.com";
export const FROM_EVIL = "Origin: https://evil.example";
export const FOR_GET = "Access-Control-Request-Method: GET";
export const FOR_PUT = "Access-Control-Request-Method: PUT";
export const PREFLIGHT_VARY = "vary: access-control-request-headers, access-control-request-method, origin";

/**
 * Asks a Fastify application without the network.
 *
 * @param lines - `METHOD /path`, then header lines.
 * @returns The status, and the lines that matter to CORS.
 */
export async function ask(
  application: FastifyInstance,
  ...lines: readonly string[]
): Promise<readonly [status: number, lines: readonly string[]]> {
  const [requestLine = "", ...headerLines] = lines;
  const [method, url = ""] = requestLine.split(" ");
  // The cast holds: what else is written there, inject refuses.
  const options = { method, url, headers: Object.fromEntries(headerLines.map(parseHeaderLine)) } as InjectOptions;
  const { statusCode, headers } = await application.inject(options);
  const answered: [string, string][] = [];
  for (const [name, value] of Object.entries(headers)) {
    for (const single of [value ?? ""].flat()) answered.push([name, String(single)]);
  }
  return [statusCode, corsLines(answered)];
}
