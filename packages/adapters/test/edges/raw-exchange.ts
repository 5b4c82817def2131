import { connect } from "node:net";

/** A request: `METHOD /path`, header lines without Host, and what its body is as it goes over the wire. */
export interface RequestText {
  readonly lines: readonly [requestLine: string, ...headerLines: string[]];
  readonly body?: string;
}

/** The head of an answer, and what follows it. */
export interface AnswerText {
  readonly status: number;
  readonly headerLines: readonly (readonly [name: string, value: string])[];
  /** Without the sizes of chunks. A character stands for a byte. */
  readonly body: string;
  readonly trailerLines: readonly (readonly [name: string, value: string])[];
}

/** Longer than any answer takes on a machine that is busy; reached only where none comes. */
const PATIENCE = 20_000;

/** A request as it goes over the wire. */
export function bytesOf({ lines: [requestLine, ...headerLines], body = "" }: RequestText): string {
  const version = requestLine.split(" ").length < 3 ? " HTTP/1.1" : "";
  const length = body === "" || headerLines.some((line) => /^transfer-encoding:/i.test(line));
  const head = [`${requestLine}${version}`, "Host: api.example", ...headerLines];
  return [...head, ...(length ? [] : [`Content-Length: ${body.length}`]), "", body].join("\r\n");
}

function parseLines(text: string): AnswerText["headerLines"] {
  return text
    .split("\r\n")
    .filter(Boolean)
    .map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()] as const);
}

/** Takes a body in chunks apart (RFC 9112, 7.1). */
function takeChunks(text: string): Pick<AnswerText, "body" | "trailerLines"> & { readonly rest: string } {
  let body = "";
  let position = 0;
  for (;;) {
    const lineEnd = text.indexOf("\r\n", position);
    const size = Number.parseInt(text.slice(position, lineEnd), 16);
    // What breaks off has neither a last chunk nor trailers.
    if (lineEnd < 0 || Number.isNaN(size)) return { body, trailerLines: [], rest: "" };
    position = lineEnd + 2;
    if (size === 0) break;
    body += text.slice(position, position + size);
    position += size + 2;
  }
  const isBare = text.startsWith("\r\n", position);
  const end = isBare ? position : text.indexOf("\r\n\r\n", position) + 2;
  return { body, trailerLines: parseLines(text.slice(position, end)), rest: text.slice(end + 2) };
}

/**
 * Takes answers apart as they came on one connection.
 *
 * @param methods - Of the requests: an answer to HEAD has no body.
 */
function takeAnswers(text: string, methods: readonly string[]): readonly AnswerText[] {
  const answers: AnswerText[] = [];
  const waiting = [...methods];
  for (let rest = text; rest !== ""; ) {
    const headEnd = rest.indexOf("\r\n\r\n");
    if (headEnd < 0) throw new Error(`no answer: ${JSON.stringify(rest.slice(0, 300))}`);
    const [statusLine = "", ...lines] = rest.slice(0, headEnd).split("\r\n");
    const head = { status: Number(statusLine.split(" ")[1]), headerLines: parseLines(lines.join("\r\n")) };
    rest = rest.slice(headEnd + 4);
    const isInterim = head.status < 200 && head.status !== 101;
    const method = isInterim ? undefined : waiting.shift();
    const headers = new Map(head.headerLines.map(([name, value]) => [name.toLowerCase(), value]));
    if (isInterim || method === "HEAD" || [204, 304].includes(head.status)) {
      answers.push({ ...head, body: "", trailerLines: [] });
    } else if (headers.get("transfer-encoding") === "chunked") {
      const { body, trailerLines, rest: others } = takeChunks(rest);
      answers.push({ ...head, body, trailerLines });
      rest = others;
    } else {
      const end = Number(headers.get("content-length") ?? rest.length);
      answers.push({ ...head, body: rest.slice(0, end), trailerLines: [] });
      rest = rest.slice(end);
    }
  }
  return answers;
}

/**
 * Sends requests over one connection in one go, and waits until the server closes it: the last one has to ask for that.
 *
 * @returns All answers, interim ones too, in their order.
 */
export function exchange(port: number, ...requests: readonly RequestText[]): Promise<readonly AnswerText[]> {
  const methods = requests.map(({ lines }) => lines[0].split(" ")[0] ?? "");
  return new Promise((resolve, reject) => {
    let text = "";
    const socket = connect(port, "127.0.0.1").setEncoding("latin1");
    const timer = setTimeout(() => {
      socket.destroy();
      reject(new Error(`no end of ${JSON.stringify(text.slice(0, 300))} in answer to ${requests[0]?.lines}`));
    }, PATIENCE);
    socket.on("data", (chunk) => {
      text += chunk;
    });
    // A server that refuses what it has not read all of resets the connection; what it said before counts.
    socket.on("error", () => {});
    socket.on("close", () => {
      clearTimeout(timer);
      resolve(takeAnswers(text, methods));
    });
    socket.write(requests.map(bytesOf).join(""), "latin1");
  });
}

/** Sends one request, and waits for the one answer. */
export async function ask(port: number, { lines, body = "" }: RequestText): Promise<AnswerText> {
  const answers = await exchange(port, { lines: [...lines, "Connection: close"], body });
  const [answer] = answers;
  if (!answer || answers.length > 1) throw new Error(`${answers.length} answers to ${lines[0]}`);
  return answer;
}
