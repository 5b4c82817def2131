import type { CompiledPolicy, CorsRequest } from "@corslang/runtime";
import { decideByReference } from "../../../runtime/test/reference.js";
import { HANDLERS } from "../applications/handlers.js";
import { corsLines } from "../http-client.js";
import type { PipelinedAnswer } from "../pipelining.js";

/** The one right answer to a request, in all that is compared. */
export interface Expected {
  readonly status: number;
  /** As `corsLines` has them: all of Access-Control-*, Vary and Set-Cookie, and no others. */
  readonly lines: readonly string[];
  readonly body: string;
  readonly isHandled: boolean;
}

/** Names in Vary, each once (RFC 9110, 12.5.5): those of the handler, and those of the decision. */
function joinVary(...values: readonly (string | undefined)[]): readonly (readonly [string, string])[] {
  const names = values.flatMap((value) => value?.split(", ") ?? []);
  const unique = new Map(names.map((name) => [name.toLowerCase(), name]));
  return unique.size === 0 ? [] : [["Vary", [...unique.values()].join(", ")]];
}

/**
 * What a request has to be answered with: by the reference, which has nothing in common with the matcher, and by what
 * docs/adapters.md says of a handler's own headers: those of CORS are not sent, Vary is merged, the others stay.
 */
export function expectAnswer(policy: CompiledPolicy, bytes: string, facts: CorsRequest): Expected {
  const { status, headers } = decideByReference(policy, facts);
  if (status !== null) return { status, lines: corsLines(Object.entries(headers)), body: "", isHandled: false };
  const path = bytes.split(" ")[1];
  const handler = HANDLERS.find((candidate) => candidate.path === path);
  if (!handler) throw new Error(`no handler for ${path}`);
  const { Vary, ...corsHeaders } = headers;
  const ownVary = handler.headers.filter(([name]) => name === "Vary").map(([, value]) => value);
  const own = handler.headers.filter(([name]) => name !== "Vary" && !name.startsWith("Access-Control-"));
  const lines = [...Object.entries(corsHeaders), ...own, ...joinVary(...ownVary, Vary)];
  return { status: handler.status, lines: corsLines(lines), body: "handled", isHandled: true };
}

/** How often a text is in another. */
function countOf(text: string, part: string): number {
  return text.split(part).length - 1;
}

/**
 * What is wrong with an answer; `null` where nothing is.
 *
 * @param place - What stands in both for a text of the request. Only Access-Control-Allow-Origin may give it back.
 */
export function findFault(expected: Expected, { head, body }: PipelinedAnswer, place: string): string | null {
  const [statusLine = "", ...headerLines] = head.split("\r\n");
  const status = Number(statusLine.split(" ")[1]);
  if (status !== expected.status) return `has the status ${status} instead of ${expected.status}`;
  if (body !== expected.body) return `has the body ${JSON.stringify(body)} instead of ${JSON.stringify(expected.body)}`;
  const lines = corsLines(
    headerLines.map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]),
  );
  if (JSON.stringify(lines) !== JSON.stringify(expected.lines)) return `has [${lines}] instead of [${expected.lines}]`;
  return countOf(head, place) === countOf(expected.lines.join(), place) ? null : "has more of the request in its head";
}
