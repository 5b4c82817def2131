import { connect, type Socket } from "node:net";

/** An answer as it came over the wire, byte for byte: a character stands for a byte. */
export interface RawAnswer {
  readonly status: number;
  readonly headerLines: readonly (readonly [name: string, value: string])[];
  readonly body: string;
  /** All of it, head and body. */
  readonly text: string;
}

/** A connection over which anything can be sent: what HTTP clients refuse to send as well. */
export interface RawConnection {
  /**
   * Sends bytes, and waits for the answers.
   *
   * @param bytes - A character stands for a byte. Of a list, each item is sent when the one before is on its way.
   * @param count - How many answers to wait for.
   * @returns The answers; fewer where the server has closed the connection before. The next request then goes over a new
   * connection.
   */
  readonly send: (bytes: string | readonly string[], count?: number) => Promise<readonly RawAnswer[]>;
  /** Sends bytes and, when they are on their way, breaks the connection off. */
  readonly sendAndLeave: (bytes: string) => Promise<void>;
  readonly close: () => void;
}

/** Longer than any answer takes on a machine that is busy; reached only where none comes. */
const PATIENCE = 20_000;

function parseHead(head: string): Pick<RawAnswer, "status" | "headerLines"> {
  const [statusLine = "", ...lines] = head.split("\r\n");
  const headerLines = lines.map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), line.slice(colon + 1).trim()] as const;
  });
  return { status: Number(statusLine.split(" ")[1]), headerLines };
}

/** Where an answer ends; -1 when not all of it has come. Without a length, the end of the connection ends it. */
function endOfAnswer(text: string, bodyStart: number, { status, headerLines }: ReturnType<typeof parseHead>): number {
  const headers = new Map(headerLines.map(([name, value]) => [name.toLowerCase(), value]));
  if (status === 204) return bodyStart;
  if (headers.get("transfer-encoding") === "chunked") {
    const end = text.indexOf("0\r\n\r\n", bodyStart);
    return end < 0 ? -1 : end + 5;
  }
  const length = headers.get("content-length");
  const end = bodyStart + Number(length);
  return length === undefined || end > text.length ? -1 : end;
}

/** Takes the answers apart that have come, up to the last one that is whole. */
function takeAnswers(text: string, isClosed: boolean): readonly RawAnswer[] {
  const answers: RawAnswer[] = [];
  for (let rest = text; rest !== ""; ) {
    const headEnd = rest.indexOf("\r\n\r\n");
    if (headEnd < 0) break;
    const head = parseHead(rest.slice(0, headEnd));
    const bodyStart = headEnd + 4;
    const known = endOfAnswer(rest, bodyStart, head);
    if (known < 0 && !isClosed) break;
    const end = known < 0 ? rest.length : known;
    const body = rest.slice(bodyStart, end);
    // The only body that is looked at is the empty one, which may be sent as the last chunk alone.
    answers.push({ ...head, body: body === "0\r\n\r\n" ? "" : body, text: rest.slice(0, end) });
    rest = rest.slice(end);
  }
  return answers;
}

/** Whether requests may follow on the connection. Servers that refuse what they can't read leave the header out. */
function keepsAlive({ headerLines }: RawAnswer): boolean {
  return headerLines.some(([name, value]) => name.toLowerCase() === "connection" && value === "keep-alive");
}

/** Opens connections to a server on this machine, one after another as the server closes them. */
export function openRawConnection(port: number): RawConnection {
  let open: Socket | null = null;

  function socketOf(): Socket {
    if (open) return open;
    const socket = connect(port, "127.0.0.1").setEncoding("latin1").setNoDelay();
    // A server that refuses what it has not read all of resets the connection; what it said before counts.
    socket.on("error", () => {});
    socket.on("close", () => {
      if (open === socket) open = null;
    });
    open = socket;
    return socket;
  }

  function leave(): void {
    open?.destroy();
    open = null;
  }

  function send(bytes: string | readonly string[], count = 1): Promise<readonly RawAnswer[]> {
    const isReused = open !== null;
    const socket = socketOf();
    return new Promise((resolve, reject) => {
      let text = "";
      const sent = JSON.stringify([bytes].flat().join("").slice(0, 300));
      const timer = setTimeout(() => {
        stopListening();
        leave();
        reject(new Error(`no answer to ${sent}`));
      }, PATIENCE);
      function stopListening(): void {
        clearTimeout(timer);
        socket.off("data", addText).off("close", finishAtEnd);
      }
      function addText(chunk: string): void {
        text += chunk;
        const answers = takeAnswers(text, false);
        // The last answer of a connection is awaited up to its end: whatever follows must be seen.
        if (answers.length < count || !answers.every(keepsAlive)) return;
        stopListening();
        resolve(answers);
      }
      function finishAtEnd(): void {
        stopListening();
        open = null;
        // The server has closed an idle connection while this was sent (RFC 9112, 9.3.1); a new one tells.
        resolve(isReused && text === "" ? send(bytes, count) : takeAnswers(text, true));
      }
      socket.on("data", addText).on("close", finishAtEnd);
      const parts = [bytes].flat();
      const sendNext = () => {
        const part = parts.shift();
        if (part !== undefined) socket.write(part, "latin1", sendNext);
      };
      sendNext();
    });
  }

  return {
    send,
    sendAndLeave(bytes) {
      const socket = socketOf();
      return new Promise((resolve) => {
        socket.write(bytes, "latin1", () => {
          leave();
          resolve();
        });
      });
    },
    close: leave,
  };
}
