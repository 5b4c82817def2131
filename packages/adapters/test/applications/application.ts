import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Options } from "@corslang/adapters/express";
import type { Matcher } from "@corslang/runtime";

/** A server on this machine with a policy mounted for all of it. */
export interface Application {
  readonly port: number;
  /** How many requests have reached a handler so far. */
  readonly handlerRuns: () => number;
  readonly close: () => Promise<void>;
}

/** Starts an application that answers the paths of handlers.ts. */
export type StartApplication = (policy: Matcher, options: Options<unknown>) => Promise<Application>;

/** A server that listens on a free port of this machine. */
export interface Listening {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Listens on a free port; `close` also ends connections that are kept open. */
export function listen(server: Server): Promise<Listening> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      // The cast holds for a server that listens on a port.
      const { port } = server.address() as AddressInfo;
      resolve({
        port,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      });
    });
  });
}

/** As {@link listen}, for a function that handles requests. */
export function serve(listener: RequestListener): Promise<Listening> {
  return listen(createServer(listener));
}
