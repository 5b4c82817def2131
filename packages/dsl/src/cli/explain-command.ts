import { readFileSync } from "node:fs";
import type { PageRequest } from "@corslang/runtime/testing";
import packageJson from "../../package.json" with { type: "json" };
import { type CheckedFile, checkFiles } from "../compile.js";
import { findNearest } from "../diagnostics/did-you-mean.js";
import { createDiskHost, STDIN } from "../disk/disk-host.js";
import { type FileProblem, toFileProblem } from "../disk/problem.js";
import { explain } from "../explain/explain.js";
import type { Explanation } from "../explain/explanation.js";
import { toJsonExplanation } from "../explain/json.js";
import { renderExplanation } from "../explain/pretty.js";
import { parseCurl } from "../requests/curl.js";
import { parseRawRequest } from "../requests/raw-request.js";
import { parseHeader, toPageRequest } from "../requests/written-request.js";
import { DEFAULT_POLICY } from "../resolve/scope.js";
import { applyEdits } from "../text/edit.js";
import type { ExplainFormat } from "./arguments.js";
import { findUnknownProfile } from "./build.js";
import { type Console, printFileProblem, printUsageProblem } from "./console.js";
import type { ExitCode } from "./exit-code.js";
import { findInputs } from "./inputs.js";
import { printReport } from "./report.js";
import { unifiedDiff } from "./unified-diff.js";
import type { UsageProblem } from "./usage.js";

/** The request that is asked about: said by options, or copied from somewhere. */
type AskedRequest =
  | { readonly kind: "options"; readonly origin: string; readonly method: string; readonly headers: readonly string[] }
  | { readonly kind: "curl"; readonly command: string; readonly origin: string | null }
  | { readonly kind: "raw"; readonly path: string; readonly origin: string | null };

/** What `cors-compile explain` is to do. */
export interface ExplainCommand {
  readonly path: string;
  readonly request: AskedRequest;
  /** Names of response headers that the page's script reads. */
  readonly reads: readonly string[];
  readonly credentials: boolean;
  /** The policy's name; `null` for the only one, or the one at the top level. */
  readonly policy: string | null;
  readonly profile: string | null;
  readonly format: ExplainFormat;
  readonly allowOutside: boolean;
}

function readRaw(path: string): string | FileProblem {
  try {
    // 0 is standard input's file descriptor.
    return readFileSync(path === STDIN ? 0 : path, "utf8");
  } catch (error) {
    return toFileProblem(path, error);
  }
}

function readRequest({ request, credentials }: ExplainCommand): PageRequest | UsageProblem | FileProblem {
  if (request.kind === "options") {
    const { origin, method, headers } = request;
    return { origin, method, headers: headers.map(parseHeader), credentials: credentials ? "include" : "omit" };
  }
  const text = request.kind === "curl" ? request.command : readRaw(request.path);
  if (typeof text === "object") return text;
  const written = request.kind === "curl" ? parseCurl(text) : parseRawRequest(text);
  const page = "problem" in written ? written : toPageRequest(written, request.origin);
  if ("problem" in page) return { usage: `--${request.kind}: ${page.problem}` };
  return credentials ? { ...page, credentials: "include" } : page;
}

/** The policy that is meant: the named one, the only one, or the one at the top level. */
function findPolicyName({ declarations, path }: CheckedFile, policy: string | null): string | UsageProblem {
  const names = declarations.map(({ name }) => name);
  const list = names.join(", ");
  if (names.length === 0) return { usage: `${path} has no policy` };
  if (policy !== null) {
    if (names.includes(policy)) return policy;
    const nearest = findNearest(policy, names);
    return { usage: `${path} has no policy ${policy}; ${nearest ? `did you mean ${nearest}?` : `it has ${list}`}` };
  }
  const [only] = names;
  if (names.length === 1 && only !== undefined) return only;
  return names.includes(DEFAULT_POLICY)
    ? DEFAULT_POLICY
    : { usage: `${path} has several policies; pass --policy with one of ${list}` };
}

function printExplanation(explanation: Explanation, file: CheckedFile, { format }: ExplainCommand, console: Console) {
  if (format === "json") {
    console.out(`${JSON.stringify(toJsonExplanation(explanation, packageJson.version), null, 2)}\n`);
    return;
  }
  console.out(renderExplanation(explanation));
  const { source } = file;
  if (explanation.change) {
    console.out(unifiedDiff(source.name, source.text, applyEdits(source.text, explanation.change.edits)));
  }
}

/**
 * `cors-compile explain`: says what becomes of a page's request by a policy, and why. A denial is an answer.
 *
 * @returns 0 for an answer, 1 where the policy has errors, 2 where something can't be read or is not said.
 *
 * @example
 * ```ts
 * process.exitCode = runExplain({ path: "api.cors", request: { kind: "curl", command, origin: null }, … }, console);
 * ```
 */
export function runExplain(command: ExplainCommand, console: Console): ExitCode {
  const { path, request, reads, profile, allowOutside } = command;
  if (path === STDIN && request.kind === "raw" && request.path === STDIN) {
    return printUsageProblem("standard input is the policy or the request, and can't be both", console);
  }
  const page = readRequest(command);
  if ("usage" in page) return printUsageProblem(page.usage, console);
  if ("problem" in page) {
    printFileProblem(page, console);
    return 2;
  }
  const { inputs, problems } = findInputs([path]);
  const [input, ...others] = inputs;
  if (others.length > 0) return printUsageProblem(`explain takes one policy file, and ${path} is a folder`, console);

  const host = createDiskHost({ allowOutside });
  const checked = checkFiles(input ? [input.path] : [], host);
  const unreadable = [...problems, ...checked.unreadable];
  const [file] = checked.files;
  if (!file?.checkedFor(null)) {
    return printReport({ ...checked, unreadable }, { format: "pretty", quiet: true }, console);
  }
  const unknownProfile = findUnknownProfile(file.profiles, { profile, profiles: [] });
  if (unknownProfile !== null) return printUsageProblem(unknownProfile, console);
  const policyName = findPolicyName(file, command.policy);
  if (typeof policyName === "object") return printUsageProblem(policyName.usage, console);
  const explanation = explain({ page, reads }, { checked, policyName, profile, host });
  if (explanation) printExplanation(explanation, file, command, console);
  return 0;
}
