import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

/** A mistake that a server makes on purpose, to see that it is found. */
export type PlantedFault = "mixes answers up" | "keeps origins" | "ends";

/** What a server says of itself when it has nothing to do. */
export interface Measurement {
  /** Bytes of the JavaScript heap in use, after collections. */
  readonly heap: number;
  /** Bytes outside of the heap that objects in it hold, as buffers do. */
  readonly external: number;
  /** Bytes of the process as the system sees them. */
  readonly resident: number;
  /** How many requests have reached a handler so far. */
  readonly handlerRuns: number;
}

/** A server in a process of its own. */
export interface LoadProcess {
  /** In the order of the policies. */
  readonly ports: readonly number[];
  readonly measure: () => Promise<Measurement>;
  /** Ends it; rejects when it had ended by itself, as it does with an error that nobody catches. */
  readonly stop: () => Promise<void>;
}

function errorOfEnd({ exitCode, signalCode }: ChildProcess): Error {
  return new Error(`the server has ended with ${exitCode ?? signalCode}`);
}

/** The next message; rejects when the process ends before, as it does with an error that nobody catches. */
function receive<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(errorOfEnd(child));
    child.once("exit", fail);
    child.once("message", (message) => {
      child.off("exit", fail);
      // The cast holds: server.ts sends its ports first, and then measurements.
      resolve(message as Message);
    });
  });
}

/**
 * Starts an application of a framework for each policy, from the packages as they are built.
 *
 * @param framework - Of FRAMEWORKS.
 */
export async function startLoadProcess(framework: string, fault: PlantedFault | null): Promise<LoadProcess> {
  const runTypescript = new URL("run-typescript.mjs", import.meta.url).href;
  const child = fork(new URL("server.ts", import.meta.url), fault === null ? [framework] : [framework, fault], {
    execArgv: ["--expose-gc", "--import", runTypescript],
  });
  const ended = once(child, "exit");
  const ports = await receive<readonly number[]>(child);
  return {
    ports,
    measure() {
      const measurement = receive<Measurement>(child);
      child.send("measure");
      return measurement;
    },
    async stop() {
      // Changes nothing where it is ending already: the code is settled before its connections are reset.
      child.kill();
      await ended;
      if (child.signalCode !== "SIGTERM") throw errorOfEnd(child);
    },
  };
}
