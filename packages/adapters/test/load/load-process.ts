import { type ChildProcess, fork } from "node:child_process";

/** A mistake that a server makes on purpose, to see that it is found. */
export type PlantedFault = "mixes answers up" | "keeps origins";

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
  readonly stop: () => void;
}

/** The next message; rejects when the process ends before, as it does with an error that nobody catches. */
function receive<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error(`the server has ended with ${child.exitCode ?? child.signalCode}`));
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
  const stripTypes = new URL("strip-types.mjs", import.meta.url).href;
  const child = fork(new URL("server.ts", import.meta.url), fault === null ? [framework] : [framework, fault], {
    execArgv: ["--expose-gc", "--import", stripTypes],
  });
  const ports = await receive<readonly number[]>(child);
  return {
    ports,
    measure() {
      const measurement = receive<Measurement>(child);
      child.send("measure");
      return measurement;
    },
    stop: () => void child.kill(),
  };
}
