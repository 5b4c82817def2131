import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { afterEach, expect } from "vitest";

/** Generous: a slow machine is no failure. What does not come at all ends the test with what came instead. */
const LONGEST_WAIT = 20_000;

/** A program that goes on until it is stopped. */
export interface Following {
  /** The next line of its standard output, as soon as it is there; so a line too many fails the test as well. */
  readonly next: () => Promise<string>;
  /** All of its standard error so far. */
  readonly stderr: () => string;
  /** Waits until standard error has this text. */
  readonly stderrHas: (text: string) => Promise<void>;
  /** Ends it; gives back its exit code and the lines that nobody has asked for. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<Ending>;
  /** Waits until it ends by itself. */
  readonly ended: () => Promise<Ending>;
  /** Reads no more of its standard output. */
  readonly closeOutput: () => void;
}

/** How a program has ended. */
export interface Ending {
  readonly exitCode: number | null;
  readonly lines: readonly string[];
}

async function within<T>(what: () => string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(what())), LONGEST_WAIT);
  });
  return Promise.race([promise, timeout]).finally(() => clearTimeout(timer));
}

/** Starts programs, and ends those that a test leaves behind. */
export function useFollowing(): (args: readonly string[], folder: string) => Following {
  const children = new Set<ChildProcess>();
  afterEach(() => {
    for (const child of children) child.kill("SIGKILL");
    children.clear();
  });

  return (args, folder) => {
    const child = spawn(process.execPath, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    children.add(child);
    const lines: string[] = [];
    let stderr = "";
    let wake = () => {};
    let isClosed = false;
    const closed = once(child, "close").finally(() => {
      isClosed = true;
      wake();
    });
    createInterface(child.stdout).on("line", (line) => {
      lines.push(line);
      wake();
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      wake();
    });

    /** Waits until there is what is asked for, asked again whenever something has been printed. */
    async function until<T>(what: string, find: () => T | undefined): Promise<T> {
      const found = (async () => {
        for (;;) {
          const result = find();
          if (result !== undefined) return result;
          if (isClosed) throw new Error(`the program has ended, with\n${stderr}`);
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      })();
      return within(() => `${what} has not come; there is ${JSON.stringify(lines)}, and\n${stderr}`, found);
    }

    async function ended(): Promise<Ending> {
      await within(() => `the program does not end, after\n${stderr}`, closed);
      // Whatever happens, nobody is shown a stack.
      expect(stderr).not.toMatch(/^\s+at /m);
      return { exitCode: child.exitCode, lines };
    }

    return {
      next: () => until("a line", () => lines.shift()),
      stderr: () => stderr,
      stderrHas: (text) => until(text, () => (stderr.includes(text) ? null : undefined)).then(() => {}),
      stop(signal = "SIGTERM") {
        child.kill(signal);
        return ended();
      },
      ended,
      closeOutput: () => void child.stdout.destroy(),
    };
  };
}
