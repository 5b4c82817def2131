import packageJson from "../../package.json" with { type: "json" };
import { PUBLIC_SUFFIX_LIST } from "../origin/public-suffix.js";
import { readArguments } from "./arguments.js";
import { runCheck } from "./check-command.js";
import { runCompile } from "./compile-command.js";
import type { Console } from "./console.js";
import { runDiff } from "./diff-command.js";
import type { ExitCode } from "./exit-code.js";
import { runExplain } from "./explain-command.js";
import { runFmt } from "./fmt-command.js";
import { runInit } from "./init-command.js";
import { HELP } from "./usage.js";
import { runWatch } from "./watch-command.js";

/**
 * Runs the command with the arguments behind its name. With `--watch` it gives back how the command will end, and
 * what it has set up keeps the process alive until a signal comes.
 */
export function run(args: readonly string[], console: Console): ExitCode {
  const command = readArguments(args);
  if ("usage" in command) {
    console.error(`cors-compile: ${command.usage}\ntry cors-compile --help\n`);
    return 2;
  }
  switch (command.kind) {
    case "help":
      console.out(HELP);
      return 0;
    case "version":
      console.out(`cors-compile ${packageJson.version}\npublic suffix list from ${PUBLIC_SUFFIX_LIST}\n`);
      return 0;
    case "check":
      return runCheck(command, console);
    case "diff":
      return runDiff(command, console);
    case "explain":
      return runExplain(command, console);
    case "fmt":
      return runFmt(command, console);
    case "init":
      return runInit(command, console);
    case "compile":
      return command.watch ? runWatch(command, console) : runCompile(command, console);
  }
}
