import { createMatcher, HEADER, mergeVary } from "@corslang/runtime";
import type { Exchange } from "../conformance.js";
import { type HttpAnswer, parseHeaderLine } from "../http-client.js";
import { HANDLERS, METHODS, WITHOUT_OPTIONS } from "./handlers.js";

/** Node and the Fetch API join the lines of a header like this, and strip white space around each. */
function joinLines(lines: readonly (readonly [string, string])[], name: string): string | undefined {
  const values = lines.filter((line) => line[0].toLowerCase() === name).map((line) => line[1].trim());
  return values.length > 0 ? values.join(", ") : undefined;
}

/** The answer that a decision of the bare runtime amounts to. */
export function answerByRuntime(exchange: Exchange): { answer: HttpAnswer; handlerRan: boolean } {
  const [requestLine, ...headerLines] = exchange.request;
  const [method = "", path = ""] = requestLine.split(" ");
  const lines = headerLines.map(parseHeaderLine);
  const matcher = createMatcher(exchange.policy);
  const request = {
    method,
    origin: joinLines(lines, "origin"),
    requestMethod: joinLines(lines, "access-control-request-method"),
    requestHeaders: joinLines(lines, "access-control-request-headers"),
  };
  const decision = matcher.decide(request, exchange.debug);

  const methods: readonly string[] = path === WITHOUT_OPTIONS.path ? WITHOUT_OPTIONS.methods : METHODS;
  const handler = HANDLERS.find((candidate) => candidate.path === path);
  const handlerRan =
    decision.status === null && (handler !== undefined || path === WITHOUT_OPTIONS.path) && methods.includes(method);
  const own = handlerRan ? (handler?.headers ?? []) : [];
  const answerLines: [string, string][] = [];
  for (const [name, value] of own) {
    if (!/^(access-control-|vary$)/i.test(name)) answerLines.push([name, value]);
  }
  const { allowOrigin } = decision;
  if (allowOrigin !== null) answerLines.push([HEADER.allowOrigin, allowOrigin === "*" ? "*" : (request.origin ?? "")]);
  for (const [name, value] of decision.headers) answerLines.push([name, value]);
  const vary = mergeVary(joinLines(own, "vary"), decision.vary);
  if (vary !== "") answerLines.push(["Vary", vary]);
  const status = decision.status ?? (handlerRan ? (handler?.status ?? 200) : 404);
  return { answer: { status, reason: "", headerLines: answerLines, body: "" }, handlerRan };
}
