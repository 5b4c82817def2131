import { request as sendRequest } from "node:http";
import { type Listening, serve } from "./application.js";

/** What a proxy says of the request that it passes on: header lines, by the Host that the client has asked for. */
export type ForwardedLines = (host: string) => readonly (readonly [name: string, value: string])[];

/**
 * Starts a reverse proxy. Clients take it for the server, and it would speak TLS with them; to the application it speaks
 * plain http. It replaces the headers that it sets, as a proxy has to: but for those, what clients send passes through.
 *
 * @param port - Where the application listens.
 */
export function startProxy(port: number, forwardedLines: ForwardedLines): Promise<Listening> {
  return serve((incoming, outgoing) => {
    const { method, url, headers } = incoming;
    const forwarded = Object.fromEntries(forwardedLines(headers.host ?? ""));
    sendRequest(
      { host: "127.0.0.1", port, method, path: url, headers: { ...headers, host: `127.0.0.1:${port}`, ...forwarded } },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(outgoing);
      },
    )
      .on("error", () => outgoing.writeHead(502).end())
      .end();
  });
}
