import { connect } from "node:net";

/** What is counted of an answer: its status and the header lines that matter to CORS, in one text. */
export type Digest = string;

const RELEVANT = /^(access-control-.*|vary):/i;

function digestOf(head: string): Digest {
  const [statusLine = "", ...lines] = head.split("\r\n");
  const relevant = lines.filter((line) => RELEVANT.test(line)).map((line) => line.toLowerCase());
  return [statusLine.split(" ")[1], ...relevant.sort()].join("\n");
}

/** Where the answer that begins at the start of the text ends; -1 when not all of it has come. */
function endOfAnswer(text: string, headEnd: number, head: string): number {
  const bodyStart = headEnd + 4;
  if (/^transfer-encoding: chunked/im.test(head)) {
    const end = text.indexOf("0\r\n\r\n", bodyStart);
    return end < 0 ? -1 : end + 5;
  }
  const [, length = "0"] = /^content-length: (\d+)/im.exec(head) ?? [];
  const end = bodyStart + Number(length);
  return end > text.length ? -1 : end;
}

/**
 * Sends requests over one connection that is kept open, many at a time before their answers have come, and counts the
 * answers that are alike.
 *
 * @param requests - The requests as they go over the wire; they are sent in turn.
 * @param count - How many to send in all.
 * @param atOnce - How many are under way at most.
 * @returns For each of the requests, how often which answer came.
 */
export function pipeline(
  port: number,
  requests: readonly string[],
  count: number,
  atOnce: number,
): Promise<readonly ReadonlyMap<Digest, number>[]> {
  const counts = requests.map(() => new Map<Digest, number>());
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1").setEncoding("latin1").setNoDelay();
    let sent = 0;
    let answered = 0;
    let text = "";
    const sendMore = () => {
      let batch = "";
      for (; sent < count && sent - answered < atOnce; sent++) batch += requests[sent % requests.length];
      if (batch !== "") socket.write(batch);
    };
    socket.on("connect", sendMore);
    socket.on("data", (chunk: string) => {
      text += chunk;
      for (;;) {
        const headEnd = text.indexOf("\r\n\r\n");
        const head = text.slice(0, headEnd);
        const end = headEnd < 0 ? -1 : endOfAnswer(text, headEnd, head);
        if (end < 0) break;
        const digest = digestOf(head);
        const counted = counts[answered % requests.length];
        counted?.set(digest, (counted.get(digest) ?? 0) + 1);
        text = text.slice(end);
        answered++;
      }
      if (answered === count) {
        socket.end();
        resolve(counts);
      } else if (sent - answered < atOnce / 2) sendMore();
    });
    socket.on("error", reject);
    socket.on("close", () => reject(new Error(`the connection was closed after ${answered} of ${count} answers`)));
  });
}
