import { createServer, type ServerResponse } from "node:http";
import { createMatcher } from "@corslang/runtime";
import { afterEach, describe, expect, test } from "vitest";
import { type Listening, listen } from "../applications/application.js";
import { corsLines } from "../http-client.js";
import { LISTENERS } from "../listeners/listeners.js";
import { account } from "../policies.js";
import { expectedAnswer } from "./expected-answer.js";
import { type Http2Connection, openHttp2 } from "./http2-client.js";
import { NODE_FRAMEWORKS, type NodeHandler, type Protocol } from "./node-handlers.js";
import { type AnswerText, exchange, type RequestText } from "./raw-exchange.js";

/* Answers with more than a head and a body: early hints before, trailers behind, other protocols on the connection. */

const ORIGINS = ["https://app.example.com", "https://evil.example"] as const;

const open: (Listening | Http2Connection)[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

type Lines = AnswerText["headerLines"];

/** The interim heads, then the final head with body and trailers. */
interface Parts {
  readonly interim: readonly Lines[];
  readonly status: number;
  readonly headerLines: Lines;
  readonly body: string;
  readonly trailerLines: Lines;
}

async function ask(port: number, protocol: Protocol, request: RequestText): Promise<Parts> {
  if (protocol === "HTTP/2") {
    const connection = openHttp2(port);
    open.push(connection);
    return connection.ask(request);
  }
  const answers = await exchange(port, { lines: [...request.lines, "TE: trailers", "Connection: close"] });
  const last = answers.at(-1) ?? expect.fail("no answer");
  return { ...last, interim: answers.slice(0, -1).map(({ headerLines }) => headerLines) };
}

function isHint([name, value]: Lines[number]): boolean {
  return name.toLowerCase() === "link" && value.startsWith("</style.css>");
}

/** Node's way to write interim heads is the same in both protocols. */
const hintAndTrail: NodeHandler = async (_request, response: ServerResponse) => {
  await new Promise<void>((resolve) => {
    response.writeEarlyHints({ link: "</style.css>; rel=preload" }, resolve);
    // HTTP/2 calls nothing back.
    setImmediate(resolve);
  });
  response.setHeader("Trailer", "Content-Digest");
  response.write("chunk ");
  response.addTrailers({ "Content-Digest": "sha-256=:AAAA:", "Access-Control-Allow-Origin": "*" });
  response.end("by chunk");
};

describe.each(NODE_FRAMEWORKS)("$framework, $protocol", ({ protocol, start }) => {
  test.each(ORIGINS)("early hints and trailers, from %s", async (origin) => {
    const server = await start(createMatcher(account), hintAndTrail);
    open.push(server);
    const request = ["GET /", `Origin: ${origin}`] as const;
    const { interim, status, headerLines, body, trailerLines } = await ask(server.port, protocol, { lines: request });
    expect([status, body]).toEqual([200, "chunk by chunk"]);
    expect(corsLines(headerLines)).toEqual(expectedAnswer(account, request).lines);
    expect(interim.map((lines) => [lines.some(isHint), corsLines(lines)])).toEqual([[true, []]]);
    // Not read by browsers (Fetch Standard, "CORS check": the header list), so the adapter leaves trailers alone.
    expect(trailerLines.map(([name]) => name.toLowerCase())).toContain("content-digest");
  });
});

describe.each(LISTENERS)("%s", (_framework, create) => {
  test("what is upgraded is the server's alone, what is not is under the policy", async () => {
    const mounts = [{ path: "/api", policy: createMatcher(account), options: {} }];
    const listener = await create(mounts, () => ({ status: 200, headers: [], body: "handled" }));
    const server = createServer(listener).on("upgrade", (_request, socket) => {
      socket.end("HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: upgrade\r\n\r\nraw bytes");
    });
    const listening = await listen(server);
    open.push(listening);
    for (const origin of ORIGINS) {
      const lines = ["GET /api/page", `Origin: ${origin}`] as const;
      const [upgraded] = await exchange(listening.port, { lines: [...lines, "Upgrade: echo", "Connection: upgrade"] });
      expect([upgraded?.status, corsLines(upgraded?.headerLines ?? []), upgraded?.body]).toEqual([
        101,
        [],
        "raw bytes",
      ]);
      const [plain] = await exchange(listening.port, { lines: [...lines, "Connection: close"] });
      expect([plain?.status, corsLines(plain?.headerLines ?? [])]).toEqual([200, expectedAnswer(account, lines).lines]);
    }
  });
});
