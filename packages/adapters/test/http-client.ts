import { type IncomingMessage, request as sendRequest } from "node:http";
import { connect, type IncomingHttpHeaders } from "node:http2";

/** An answer with its header lines as they came: names in their case, repeated ones apart. */
export interface HttpAnswer {
  readonly status: number;
  readonly reason: string;
  readonly headerLines: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** Splits `Name: value` at the first colon; the value keeps all other white space. */
export function parseHeaderLine(line: string): readonly [name: string, value: string] {
  const colon = line.indexOf(":");
  if (colon < 1) throw new Error(`not a header line: ${line}`);
  return [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, "")];
}

function linesOf({ rawHeaders }: IncomingMessage): HttpAnswer["headerLines"] {
  const lines: [string, string][] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    lines.push([rawHeaders[index] ?? "", rawHeaders[index + 1] ?? ""]);
  }
  return lines;
}

/**
 * Sends a request to a server on this machine, its header lines as they are written, and waits for the head of the
 * answer; its body is still to be read.
 *
 * @param lines - `METHOD /path`, then header lines.
 */
export function sendForHead(port: number, ...lines: readonly string[]): Promise<IncomingMessage> {
  const [requestLine = "", ...headerLines] = lines;
  const [method = "", path = ""] = requestLine.split(" ");
  const headers = headerLines.flatMap(parseHeaderLine);
  if (!headerLines.some((line) => /^host:/i.test(line))) headers.unshift("Host", `127.0.0.1:${port}`);
  // A list of headers keeps Node from adding this one, and without it the body would be an empty chunk.
  if (!["GET", "HEAD", "OPTIONS"].includes(method)) headers.push("Content-Length", "0");
  return new Promise((resolve, reject) => {
    sendRequest({ host: "127.0.0.1", port, method, path, headers, agent: false })
      .on("response", resolve)
      .on("error", reject)
      .end();
  });
}

/** As {@link sendForHead}, and reads the body. */
export async function send(port: number, ...lines: readonly string[]): Promise<HttpAnswer> {
  const message = await sendForHead(port, ...lines);
  let body = "";
  message.setEncoding("utf8");
  for await (const chunk of message) body += chunk;
  return { status: message.statusCode ?? 0, reason: message.statusMessage ?? "", headerLines: linesOf(message), body };
}

/** Gets a path over HTTP/2 without TLS; the answer's headers, `:status` among them. */
export async function getOverHttp2(port: number, path: string, origin: string): Promise<IncomingHttpHeaders> {
  const session = connect(`http://127.0.0.1:${port}`);
  try {
    const stream = session.request({ ":path": path, origin });
    stream.resume();
    return await new Promise((resolve, reject) => {
      stream.on("response", resolve).on("error", reject);
      session.on("error", reject);
    });
  } finally {
    session.destroy();
  }
}

/** The values of all lines of a header. */
export function valuesOf({ headerLines }: HttpAnswer, name: string): readonly string[] {
  return headerLines.filter((line) => line[0].toLowerCase() === name.toLowerCase()).map((line) => line[1]);
}

const RELEVANT = /^(access-control-.*|vary|set-cookie)$/;

/**
 * The lines that matter to CORS, each once for each time that it came, in one form: names in lower case, the names in
 * Vary sorted. Two answers are alike exactly when these are equal.
 */
export function corsLines(headerLines: readonly (readonly [string, string])[]): readonly string[] {
  const lines: string[] = [];
  for (const [name, value] of headerLines) {
    const key = name.toLowerCase();
    if (!RELEVANT.test(key)) continue;
    const isVary = key === "vary";
    lines.push(`${key}: ${isVary ? value.toLowerCase().split(/, ?/).sort().join(", ") : value}`);
  }
  return lines.sort();
}
