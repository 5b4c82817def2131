#!/usr/bin/env node
import { writeSync } from "node:fs";
import { type Console, styleFor } from "./console.js";
import type { ExitCode } from "./exit-code.js";
import { run } from "./run.js";

/** Thrown when nobody reads what is written any more: there is nothing left to do, and nobody to tell. */
class OutputClosed extends Error {}

/** Writes at once and whole: what a stream keeps back would be lost when the process ends. */
function write(fileDescriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(fileDescriptor, bytes, written);
    } catch (error) {
      const isFull = error instanceof Error && "code" in error && error.code === "EAGAIN";
      if (!isFull) throw new OutputClosed();
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

function main(): ExitCode {
  try {
    return run(process.argv.slice(2), console);
  } catch (error) {
    if (error instanceof OutputClosed) return 2;
    const message = error instanceof Error ? error.message : String(error);
    try {
      console.error(`cors-compile: a defect of cors-compile itself: ${message}; please report it with the policy\n`);
    } catch {
      // Standard error is closed too.
    }
    return 2;
  }
}

process.exitCode = main();
