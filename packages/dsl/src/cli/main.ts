import { writeSync } from "node:fs";
import { type Console, styleFor } from "./console.js";
import type { ExitCode } from "./exit-code.js";
import { run } from "./run.js";

/** Thrown when nothing can be written any more: there is nothing left to do. */
class OutputFailed extends Error {
  readonly code: unknown;

  constructor(code: unknown) {
    super();
    this.code = code;
  }
}

/** Writes at once and whole: what a stream keeps back would be lost when the process ends. */
function write(fileDescriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(fileDescriptor, bytes, written);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : error;
      if (code !== "EAGAIN") throw new OutputFailed(code);
      // A pipe whose reader is slow: wait a little, synchronously.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

const console: Console = {
  out: (text) => write(1, text),
  error: (text) => write(2, text),
  style: styleFor(process.stderr.isTTY, process.env),
};

function explain(error: unknown): string {
  // Whoever closed the pipe has read enough, as `head` does.
  if (error instanceof OutputFailed) return error.code === "EPIPE" ? "" : "standard output could not be written";
  const message = error instanceof Error ? error.message : String(error);
  return `a defect of cors-compile itself: ${message}; please report it with the policy`;
}

function fail(error: unknown): ExitCode {
  const explanation = explain(error);
  try {
    if (explanation !== "") console.error(`cors-compile: ${explanation}\n`);
  } catch {
    // Standard error fails as well: there is nobody to tell.
  }
  return 2;
}

function main(): ExitCode {
  try {
    return run(process.argv.slice(2), console);
  } catch (error) {
    return fail(error);
  }
}

// What fails later, while files are followed.
process.on("uncaughtException", (error) => process.exit(fail(error)));
process.exitCode = main();
