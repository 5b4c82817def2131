/*
 * Puts load on servers, in a process of its own, and with as little work as possible, since it shares the machine: the
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
    socket.once("connect", () => resolve(socket));
    // Stays: a server that was stopped resets its connections. Who waits for an answer is told by the end that follows.
    socket.on("error", reject);
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
  const ahead = Buffer.from(request.repeat(AHEAD), "latin1");
  let sent = 0;
  let received = 0;
  const send = () => {
    const count = Math.min(AHEAD, requests - sent);
    sent += count;
    socket.write(count === AHEAD ? ahead : ahead.subarray(0, (ahead.length / AHEAD) * count));
  };
  return new Promise((resolve, reject) => {
    const finish = (error) => {
      socket.off("data", receive).off("close", stop);
      if (error) reject(error);
      else resolve();
    };
    const stop = () => finish(new Error("the server has closed the connection"));
    const receive = ({ length }) => {
      received += length;
      if (received === requests * answerLength) finish();
      else if (received > sent * answerLength) finish(new Error("an answer is of another length"));
      else if (received === sent * answerLength) send();
    };
    socket.on("data", receive).on("close", stop);
    send();
  });
}

export async function create() {
  /** By their ports: connections, which stay open, and how long the answers to a request are. */
  const servers = new Map();

  return {
    /** Has to be called for every server, as one may get the port of one that was stopped. */
    async connect(port) {
      const sockets = await Promise.all(Array.from({ length: CONNECTIONS }, () => open(port)));
      servers.set(port, { sockets, lengths: new Map() });
    },
    /** The head of the answer to a request. */
    ask: async (port, request) => (await readAnswer(port, request)).head,
    /** Sends about so many requests; returns how many, and the seconds that it took. */
    async load(port, request, requests) {
      const { sockets, lengths } = servers.get(port);
      if (!lengths.has(request)) lengths.set(request, (await readAnswer(port, request)).length);
      const answerLength = lengths.get(request);
      const each = Math.ceil(requests / CONNECTIONS);
      const start = process.hrtime.bigint();
      await Promise.all(sockets.map((socket) => exchange(socket, request, answerLength, each)));
      const seconds = Number(process.hrtime.bigint() - start) / 1e9;
      return { requests: each * CONNECTIONS, seconds };
    },
  };
}
