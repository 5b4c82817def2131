import { parseArgs } from "node:util";
import * as z from "zod";
import { findNearest } from "../diagnostics/did-you-mean.js";
import type { UsageProblem } from "./usage.js";

const KINDS = ["module", "json"] as const;

const common = {
  help: z.literal(true).optional(),
  version: z.literal(true).optional(),
  "allow-outside": z.literal(true).optional(),
};
const checkOptions = z.strictObject(common);
const compileOptions = z.strictObject({
  ...common,
  "out-dir": z.string().min(1).optional(),
  stdout: z.literal(true).optional(),
  emit: z.enum(KINDS).default("module"),
  profile: z.string().min(1).optional(),
});

/** What is written: a module with its types, or the policies' data. */
export type EmitKind = (typeof KINDS)[number];

/** What the command is to do. */
export type Command =
  | { readonly kind: "help" | "version" }
  | { readonly kind: "check"; readonly paths: readonly string[]; readonly allowOutside: boolean }
  | {
      readonly kind: "compile";
      readonly paths: readonly string[];
      readonly emit: EmitKind;
      readonly outDir: string | null;
      readonly stdout: boolean;
      readonly profile: string | null;
      readonly allowOutside: boolean;
    };

/** Options that take a value, which may follow as the next argument. */
const OPTIONS = {
  "out-dir": { type: "string" },
  emit: { type: "string" },
  profile: { type: "string" },
  "allow-outside": { type: "boolean" },
  stdout: { type: "boolean" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "v" },
} as const;

function explainIssue(issue: z.core.$ZodIssue, command: string): UsageProblem {
  if (issue.code === "unrecognized_keys") {
    const name = issue.keys[0] ?? "";
    const option = name.length === 1 ? `-${name}` : `--${name}`;
    if (Object.hasOwn(OPTIONS, name)) return { usage: `${command} has no option ${option}` };
    const nearest = findNearest(name, Object.keys(OPTIONS));
    return { usage: `there is no option ${option}${nearest ? `; did you mean --${nearest}?` : ""}` };
  }
  const name = String(issue.path[0]);
  if (name === "emit") return { usage: `--emit takes ${KINDS.join(" or ")}` };
  if (name === "profile") return { usage: "--profile takes a name" };
  return { usage: name === "out-dir" ? "--out-dir takes a folder" : `--${name} takes no value` };
}

function explainFirst({ issues }: z.ZodError, command: string): UsageProblem {
  const [issue] = issues;
  return issue ? explainIssue(issue, command) : { usage: "the options are wrong" };
}

function readCheck(values: object, paths: readonly string[]): Command | UsageProblem {
  const parsed = checkOptions.safeParse(values);
  if (!parsed.success) return explainFirst(parsed.error, "cors-compile check");
  const { help, version, "allow-outside": allowOutside = false } = parsed.data;
  return help ? { kind: "help" } : version ? { kind: "version" } : { kind: "check", paths, allowOutside };
}

function readCompile(values: object, paths: readonly string[]): Command | UsageProblem {
  const parsed = compileOptions.safeParse(values);
  if (!parsed.success) return explainFirst(parsed.error, "cors-compile");
  const { help, version, emit, stdout = false, profile = null } = parsed.data;
  const { "out-dir": outDir = null, "allow-outside": allowOutside = false } = parsed.data;
  if (help) return { kind: "help" };
  if (version) return { kind: "version" };
  if (stdout && outDir !== null) return { usage: "--stdout and --out-dir exclude each other" };
  return { kind: "compile", paths, emit, outDir, stdout, profile, allowOutside };
}

/** Reads the arguments behind the command's name. */
export function readArguments(args: readonly string[]): Command | UsageProblem {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, strict: false });
  const [first, ...others] = positionals;
  const inputs = (paths: readonly string[]) => (paths.length > 0 ? paths : ["."]);
  return first === "check" ? readCheck(values, inputs(others)) : readCompile(values, inputs(positionals));
}
