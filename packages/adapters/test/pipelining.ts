import { connect } from "node:net";

/** An answer as it came over the wire, a character for a byte; the body without the frame of its chunks. */
export interface PipelinedAnswer {
  readonly head: string;
  readonly body: string;
}

/** What is to be sent over one connection, and who looks at the answers. */
export interface Pipeline {
  readonly port: number;
  /** How many requests to send in all. */
  readonly count: number;
  /** How many are under way at most. */
  readonly atOnce: number;
  /** The request with this number as it goes over the wire; it is asked for once, in turn. */
  readonly requestAt: (index: number) => string;
  /** Gets the answer to the request with this number, in turn. */
  readonly take: (index: number, answer: PipelinedAnswer) => void;
}

/** An answer and where the next one begins. */
interface Taken {
  readonly answer: PipelinedAnswer;
  readonly end: number;
}

/** The body that is sent in chunks from here on (RFC 9112, 7.1); `null` when not all of it has come. */
function takeChunks(text: string, start: number): { readonly body: string; readonly end: number } | null {
  let body = "";
  for (let position = start; ; ) {
    const lineEnd = text.indexOf("\r\n", position);
    if (lineEnd < 0) return null;
    const length = Number.parseInt(text.slice(position, lineEnd), 16);
    const chunkStart = lineEnd + 2;
    const end = chunkStart + length + 2;
    if (Number.isNaN(length)) throw new Error(`not the length of a chunk: ${text.slice(position, lineEnd)}`);
    if (end > text.length) return null;
    if (length === 0) return { body, end };
    body += text.slice(chunkStart, chunkStart + length);
    position = end;
  }
}

/** The answer that begins at the start of the text; `null` when not all of it has come. */
function takeAnswer(text: string): Taken | null {
  const headEnd = text.indexOf("\r\n\r\n");
  if (headEnd < 0) return null;
  const head = text.slice(0, headEnd);
  const bodyStart = headEnd + 4;
  if (/^transfer-encoding: chunked/im.test(head)) {
    const chunks = takeChunks(text, bodyStart);
    return chunks && { answer: { head, body: chunks.body }, end: chunks.end };
  }
  const [, length = "0"] = /^content-length: (\d+)/im.exec(head) ?? [];
  const end = bodyStart + Number(length);
  return end > text.length ? null : { answer: { head, body: text.slice(bodyStart, end) }, end };
}

/**
 * Sends requests over one connection that is kept open, many at a time before their answers have come.
 *
 * @returns When the last answer was taken; rejects when the connection is closed before, or when `take` throws.
 */
export function pipeline({ port, count, atOnce, requestAt, take }: Pipeline): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1").setEncoding("latin1").setNoDelay();
    let sent = 0;
    let answered = 0;
    let text = "";
    const sendMore = () => {
      let batch = "";
      for (; sent < count && sent - answered < atOnce; sent++) batch += requestAt(sent);
      if (batch !== "") socket.write(batch, "latin1");
    };
    const takeAnswers = () => {
      for (let taken = takeAnswer(text); taken !== null; taken = takeAnswer(text)) {
        take(answered, taken.answer);
        text = text.slice(taken.end);
        answered++;
      }
    };
    socket.on("connect", sendMore);
    socket.on("data", (chunk: string) => {
      text += chunk;
      try {
        takeAnswers();
      } catch (error) {
        socket.destroy();
        reject(error);
        return;
      }
      if (answered === count) {
        socket.end();
        resolve();
      } else if (sent - answered < atOnce / 2) sendMore();
    });
    socket.on("error", reject);
    socket.on("close", () => reject(new Error(`the connection was closed after ${answered} of ${count} answers`)));
  });
}

/** What is counted of an answer: its status and the header lines that matter to CORS, in one text. */
export type Digest = string;

const RELEVANT = /^(access-control-.*|vary):/i;

function digestOf(head: string): Digest {
  const [statusLine = "", ...lines] = head.split("\r\n");
  const relevant = lines.filter((line) => RELEVANT.test(line)).map((line) => line.toLowerCase());
  return [statusLine.split(" ")[1], ...relevant.sort()].join("\n");
}

/**
 * As {@link pipeline}, and counts the answers that are alike.
 *
 * @param requests - The requests as they go over the wire; they are sent in turn.
 * @returns For each of the requests, how often which answer came.
 */
export async function countAnswers(
  port: number,
  requests: readonly string[],
  count: number,
  atOnce: number,
): Promise<readonly ReadonlyMap<Digest, number>[]> {
  const counts = requests.map(() => new Map<Digest, number>());
  await pipeline({
    port,
    count,
    atOnce,
    requestAt: (index) => requests[index % requests.length] ?? "",
    take(index, { head }) {
      const digest = digestOf(head);
      const counted = counts[index % requests.length];
      counted?.set(digest, (counted.get(digest) ?? 0) + 1);
    },
  });
  return counts;
}
