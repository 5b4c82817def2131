import { type ClientHttp2Stream, connect, constants, type OutgoingHttpHeaders } from "node:http2";
import { type HttpAnswer, parseHeaderLine } from "../http-client.js";
import type { RequestText } from "./raw-exchange.js";

/** An answer over HTTP/2. */
export interface Http2Answer extends Pick<HttpAnswer, "status" | "headerLines" | "body"> {
  /** The heads of interim answers. */
  readonly interim: readonly (readonly (readonly [name: string, value: string])[])[];
  readonly trailerLines: HttpAnswer["headerLines"];
}

/** A connection to a server on this machine, over HTTP/2 without TLS. */
export interface Http2Connection {
  /** Sends a request as it would be written for HTTP/1.1; those of one connection may be under way at a time. */
  readonly ask: (request: RequestText) => Promise<Http2Answer>;
  /** Sends a request and resets its stream when something has come of it, or at once. */
  readonly askAndLeave: (request: RequestText, when: "at once" | "after the first bytes") => Promise<void>;
  readonly close: () => Promise<void>;
}

function linesOf(headers: object): HttpAnswer["headerLines"] {
  return Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((one): readonly [string, string] => [name, String(one)]),
  );
}

/** Opens a connection. */
export function openHttp2(port: number): Http2Connection {
  const session = connect(`http://127.0.0.1:${port}`);
  // Its streams tell it, too.
  session.on("error", () => {});

  function request({ lines: [requestLine, ...headerLines], body = "" }: RequestText): ClientHttp2Stream {
    const [method = "", path = ""] = requestLine.split(" ");
    const headers: OutgoingHttpHeaders = { ":method": method, ":path": path };
    for (const [name, value] of headerLines.map(parseHeaderLine)) headers[name.toLowerCase()] = value;
    const stream = session.request(headers, { endStream: body === "" });
    if (body !== "") stream.end(body);
    return stream;
  }

  return {
    ask(text) {
      const stream = request(text).setEncoding("utf8");
      return new Promise((resolve, reject) => {
        let head: object = {};
        let trailers: object = {};
        let body = "";
        const interim: HttpAnswer["headerLines"][] = [];
        stream.on("headers", (headers) => interim.push(linesOf(headers)));
        stream.on("response", (headers) => {
          head = headers;
        });
        stream.on("trailers", (headers) => {
          trailers = headers;
        });
        stream.on("data", (chunk) => {
          body += chunk;
        });
        stream.on("error", reject);
        stream.on("close", () => {
          const { ":status": status, ...others } = head as { ":status"?: number };
          resolve({
            status: status ?? 0,
            headerLines: linesOf(others),
            body,
            interim,
            trailerLines: linesOf(trailers),
          });
        });
      });
    },
    askAndLeave(text, when) {
      const stream = request(text);
      return new Promise((resolve, reject) => {
        const leave = () => stream.close(constants.NGHTTP2_CANCEL);
        stream.on("close", resolve).on("error", reject);
        if (when === "at once") stream.on("ready", leave);
        else stream.on("data", leave);
      });
    },
    close: () => new Promise((resolve) => session.close(resolve)),
  };
}
