import { createMatcher } from "@corslang/runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Application } from "../applications/application.js";
import { FRAMEWORKS } from "../applications/frameworks.js";
import { HANDLERS } from "../applications/handlers.js";
import { corsLines } from "../http-client.js";
import { account } from "../policies.js";
import { expectedAnswer } from "./expected-answer.js";
import { type AnswerText, exchange, type RequestText } from "./raw-exchange.js";

/* What HTTP/1.1 can do with a request, and what must not matter to CORS; over real connections, byte for byte. */

/** A request, what the application answers it with, and how many interim answers there are before. */
interface Asked extends RequestText {
  readonly status: number;
  readonly own?: readonly string[];
  readonly interim?: number;
}

const ORIGINS = ["https://app.example.com", "https://evil.example"] as const;
const PLAIN_TEXT = "Content-Type: text/plain";
const FOR_PUT = "Access-Control-Request-Method: PUT";
const CLOSE = "Connection: close";

/** Trailers are no headers (RFC 9110, 6.5): what they say of the origin must not be believed. */
function inChunks(...trailers: readonly string[]): string {
  return ["4", "sent", "0", ...trailers, "", ""].join("\r\n");
}

/** Requests from an origin; those of one row go over one connection in one go. */
function rowsFor(origin: string): Readonly<Record<string, readonly Asked[]>> {
  const from = `Origin: ${origin}`;
  const chunked = [PLAIN_TEXT, "Transfer-Encoding: chunked", "Trailer: Origin"] as const;
  const other = ORIGINS.find((one) => one !== origin);
  const upgrade = ["Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="];
  return {
    "HEAD at every path": [
      ...HANDLERS.map(({ path, status, headers }): Asked => {
        const own = headers.map(([name, value]) => `${name}: ${value}`);
        return { lines: [`HEAD ${path}`, from], status, own };
      }),
      { lines: ["HEAD /missing", from, CLOSE], status: 404 },
    ],
    "HEAD with the headers of a preflight": [{ lines: ["HEAD /resource", from, FOR_PUT, CLOSE], status: 200 }],
    "Expect: 100-continue": [
      { lines: ["POST /resource", from, PLAIN_TEXT, "Expect: 100-continue"], body: "sent", status: 200, interim: 1 },
      {
        lines: ["OPTIONS /resource", from, FOR_PUT, PLAIN_TEXT, "Expect: 100-continue"],
        body: "x",
        status: 0,
        interim: 1,
      },
      { lines: ["GET /resource", from, CLOSE], status: 200 },
    ],
    "a body in chunks, with trailers": [
      { lines: ["POST /resource", from, ...chunked], body: inChunks(`Origin: ${other}`), status: 200 },
      { lines: ["POST /resource", ...chunked], body: inChunks(from), status: 200 },
      { lines: ["GET /resource", from, CLOSE], status: 200 },
    ],
    "OPTIONS whose trailers would make it a preflight": [
      { lines: ["OPTIONS /resource", from, ...chunked], body: inChunks(FOR_PUT), status: 200 },
      { lines: ["GET /resource", CLOSE], status: 200 },
    ],
    "a preflight with a body": [
      { lines: ["OPTIONS /resource", from, FOR_PUT, PLAIN_TEXT], body: "sent", status: 0 },
      { lines: ["OPTIONS /resource", from, FOR_PUT, ...chunked], body: inChunks(), status: 0 },
      { lines: ["GET /resource", `Origin: ${other}`, CLOSE], status: 200 },
    ],
    "the methods in turn on one connection": [
      { lines: ["HEAD /resource", from], status: 200 },
      { lines: ["OPTIONS /resource", `Origin: ${other}`, FOR_PUT], status: 0 },
      { lines: ["GET /not-modified", from], status: 304 },
      { lines: ["GET /resource"], status: 200 },
      { lines: ["DELETE /no-content", from], status: 204 },
      { lines: ["HEAD /missing", `Origin: ${other}`], status: 404 },
      { lines: ["OPTIONS /resource", from, FOR_PUT], status: 0 },
      { lines: ["GET /failure", from, CLOSE], status: 500 },
    ],
    "HTTP/1.0": [{ lines: ["GET /resource HTTP/1.0", from], status: 200 }],
    "Origin called a header of the connection": [
      { lines: ["GET /resource", from, "Connection: close, Origin"], status: 200 },
    ],
    "an upgrade that nobody listens to": [
      { lines: ["GET /resource", from, ...upgrade, "Connection: upgrade, close"], status: 200 },
    ],
    "a preflight that would upgrade": [
      { lines: ["OPTIONS /resource", from, FOR_PUT, ...upgrade, "Connection: upgrade, close"], status: 0 },
    ],
  };
}

const ROWS = ORIGINS.flatMap((origin) =>
  Object.entries(rowsFor(origin)).map(([name, asked]) => [`${name}, from ${origin}`, asked] as const),
);

function seen({ status, headerLines }: AnswerText): readonly unknown[] {
  return [status, corsLines(headerLines)];
}

function expectedOf({ lines, status, own, interim = 0 }: Asked): readonly (readonly unknown[])[] {
  const answer = expectedAnswer(account, lines, own);
  const interims = Array.from({ length: interim }, () => [100, []]);
  return [...interims, [answer.status ?? status, answer.lines]];
}

describe.each(FRAMEWORKS)("%s", (_framework, start) => {
  let application: Application;
  beforeAll(async () => {
    application = await start(createMatcher(account), {});
  });
  afterAll(() => application.close());

  test.each(ROWS)("%s", async (_name, asked) => {
    const answers = await exchange(application.port, ...asked);
    expect(answers.map(seen)).toEqual(asked.flatMap(expectedOf));
    for (const { status, body } of answers) if ([204, 304, 403].includes(status)) expect(body).toBe("");
  });
});
