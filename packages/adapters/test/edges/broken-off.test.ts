import { once } from "node:events";
import { connect as connectHttp2, constants } from "node:http2";
import { connect } from "node:net";
import { createMatcher } from "@corslang/runtime";
import { describe, expect, test } from "vitest";
import { corsLines } from "../http-client.js";
import { account } from "../policies.js";
import { expectedAnswer } from "./expected-answer.js";
import { openHttp2 } from "./http2-client.js";
import { NODE_FRAMEWORKS, type NodeHandler, type Protocol } from "./node-handlers.js";
import { ask } from "./raw-exchange.js";

/*
 * Clients that leave: before the head of the answer, in the middle of its body, in the middle of their own. Nothing fails in
 * the server's process, each request is decided once, and the next one's answer has nothing of it.
 */

const PATHS = ["/before-the-head", "/in-the-body", "/in-the-request"] as const;
const LEAVING = ["closes", "resets"] as const;

type Path = (typeof PATHS)[number];
type Leaving = (typeof LEAVING)[number];

/** Sends a request that is not finished where the path says so. Gives what to call to leave. */
function send(port: number, protocol: Protocol, path: Path): (leaving: Leaving) => void {
  const method = path === "/in-the-request" ? "POST" : "GET";
  const origin = "https://app.example.com";
  if (protocol === "HTTP/1.1") {
    const socket = connect(port, "127.0.0.1")
      .on("error", () => {})
      .resume();
    const length = method === "POST" ? ["Content-Type: text/plain", "Content-Length: 1000"] : [];
    const head = [`${method} ${path} HTTP/1.1`, "Host: api.example", `Origin: ${origin}`, ...length, "", "part"];
    socket.write(head.join("\r\n").slice(0, method === "POST" ? undefined : -"part".length));
    return (leaving) => (leaving === "closes" ? socket.destroy() : socket.resetAndDestroy());
  }
  const session = connectHttp2(`http://127.0.0.1:${port}`).on("error", () => {});
  const stream = session.request({ ":method": method, ":path": path, origin }, { endStream: method === "GET" });
  stream.on("error", () => {}).resume();
  if (method === "POST") stream.write("part");
  return (leaving) => {
    if (leaving === "closes") session.destroy();
    else stream.close(constants.NGHTTP2_CANCEL, () => session.close());
  };
}

async function askDenied(port: number, protocol: Protocol): Promise<readonly unknown[]> {
  const lines = ["GET /page", "Origin: https://evil.example"] as const;
  if (protocol === "HTTP/1.1") {
    const answer = await ask(port, { lines });
    return [answer.status, answer.body, corsLines(answer.headerLines)];
  }
  const connection = openHttp2(port);
  const answer = await connection.ask({ lines });
  await connection.close();
  return [answer.status, answer.body, corsLines(answer.headerLines)];
}

describe.each(NODE_FRAMEWORKS)("$framework, $protocol", ({ protocol, start }) => {
  test.each(LEAVING.flatMap((leaving) => PATHS.map((path) => [leaving, path] as const)))(
    "a client that %s, %s",
    async (leaving, path) => {
      const faults: unknown[] = [];
      const addFault = (error: unknown) => void faults.push(error);
      process.on("uncaughtExceptionMonitor", addFault).on("unhandledRejection", addFault);
      let decisions = 0;
      let tellReached = () => {};
      let tellDone = () => {};
      const reached = new Promise<void>((resolve) => {
        tellReached = resolve;
      });
      const done = new Promise<void>((resolve) => {
        tellDone = resolve;
      });
      const handle: NodeHandler = async (request, response) => {
        request.on("error", () => {}).resume();
        response.on("error", () => {});
        if (request.url === "/page") {
          response.end("handled");
          return;
        }
        const closed = once(response, "close");
        if (path === "/in-the-body") response.write("first ");
        tellReached();
        await closed;
        try {
          // As a handler that does not know that nobody listens any more.
          if (!response.headersSent) response.writeHead(200, { Vary: "Accept" });
          response.end("late");
        } catch (error) {
          // Frameworks would take it.
          addFault(error);
        }
        tellDone();
      };
      const onDecision = () => void decisions++;
      const server = await start(createMatcher(account), handle, { onDecision });
      try {
        const leave = send(server.port, protocol, path);
        await reached;
        leave(leaving);
        await done;
        const { lines } = expectedAnswer(account, ["GET /page", "Origin: https://evil.example"]);
        expect(await askDenied(server.port, protocol)).toEqual([200, "handled", lines]);
      } finally {
        await server.close();
        // What a promise has thrown is told of after all that was waiting.
        await new Promise((resolve) => setImmediate(resolve));
        process.off("uncaughtExceptionMonitor", addFault).off("unhandledRejection", addFault);
      }
      expect([decisions, faults]).toEqual([2, []]);
    },
  );
});
