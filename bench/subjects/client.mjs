/*
 * Puts load on a server, in a process of its own, and with as little work as possible, since it shares the machine: the
 * same bytes are written again and again, several requests ahead, and of the answers only the bytes are counted.
 */
import { connect } from "node:net";

const CONNECTIONS = 4;
/** Requests that are on their way on a connection. */
const AHEAD = 8;

function open(port) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    socket.setNoDelay(true);
    socket.once("error", reject);
    socket.once("connect", () => resolve(socket));
  });
}

/** The first answer, head and body. */
async function readAnswer(port, request) {
  const socket = await open(port);
  const chunks = [];
  socket.write(request, "latin1");
  try {
    for await (const chunk of socket) {
      chunks.push(chunk);
      const text = Buffer.concat(chunks).toString("latin1");
      const headEnd = text.indexOf("\r\n\r\n") + 4;
      if (headEnd < 4) continue;
      const length = Number(/^content-length: (\d+)\r$/im.exec(text.slice(0, headEnd))?.[1] ?? 0);
      if (text.length >= headEnd + length) return { head: text.slice(0, headEnd), length: headEnd + length };
    }
  } finally {
    socket.destroy();
  }
  throw new Error("the server has closed the connection");
}

/** Sends so many requests on one connection; answers are of one length. */
function exchange(socket, request, answerLength, requests) {
  return new Promise((resolve, reject) => {
    let sent = 0;
    let received = 0;
    const ahead = Buffer.from(request.repeat(AHEAD), "latin1");
    const send = () => {
      const count = Math.min(AHEAD, requests - sent);
      sent += count;
      socket.write(count === AHEAD ? ahead : ahead.subarray(0, (ahead.length / AHEAD) * count));
    };
    socket.on("data", ({ length }) => {
      received += length;
      if (received === requests * answerLength) resolve();
      else if (received > sent * answerLength) reject(new Error("an answer is of another length"));
      else if (received === sent * answerLength) send();
    });
    socket.once("error", reject);
    socket.once("close", () => reject(new Error("the server has closed the connection")));
    send();
  });
}

export async function create() {
  const lengths = new Map();

  async function lengthOf(port, request) {
    const key = `${port} ${request}`;
    if (!lengths.has(key)) lengths.set(key, (await readAnswer(port, request)).length);
    return lengths.get(key);
  }

  return {
    /** The head of the answer to a request. */
    ask: async (port, request) => (await readAnswer(port, request)).head,
    /** Sends about so many requests; returns how many, and the seconds that it took. */
    async load(port, request, requests) {
      const answerLength = await lengthOf(port, request);
      const sockets = await Promise.all(Array.from({ length: CONNECTIONS }, () => open(port)));
      const each = Math.ceil(requests / CONNECTIONS);
      const start = process.hrtime.bigint();
      await Promise.all(sockets.map((socket) => exchange(socket, request, answerLength, each)));
      const seconds = Number(process.hrtime.bigint() - start) / 1e9;
      for (const socket of sockets) socket.removeAllListeners("close").destroy();
      return { requests: each * CONNECTIONS, seconds };
    },
  };
}
