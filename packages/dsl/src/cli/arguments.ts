import { parseArgs } from "node:util";
import { isToken } from "@corslang/runtime/testing";
import * as z from "zod";
import { findNearest } from "../diagnostics/did-you-mean.js";
import { WARNINGS } from "../diagnostics/messages.js";
import { STDIN } from "../disk/disk-host.js";
import { isName } from "../syntax/names.js";
import { DIFF_FORMATS, type DiffCommand, FAILURES } from "./diff-command.js";
import type { ExplainCommand } from "./explain-command.js";
import type { FmtCommand } from "./fmt-command.js";
import { readRevisions } from "./git-revision.js";
import { type InitCommand, STARTER_NAME } from "./init-command.js";
import type { UsageProblem } from "./usage.js";

const KINDS = ["module", "json"] as const;
const FORMATS = ["pretty", "json", "sarif", "github"] as const;

/** What is written: a module with its types, or the policies' data. */
export type EmitKind = (typeof KINDS)[number];

/** What decides over the outputs of a policy file. */
export interface BuildOptions {
  readonly emit: EmitKind;
  /** Whether the module has the runtime in it, and imports nothing. */
  readonly standalone: boolean;
  readonly outDir: string | null;
  readonly profile: string | null;
  /** The profiles of which one module has all; empty for a module without a choice. */
  readonly profiles: readonly string[];
  /** Codes of warnings that are errors, or `warnings` for all. */
  readonly deny: readonly string[];
  readonly allowOutside: boolean;
}

const EXPLAIN_FORMATS = ["pretty", "json"] as const;

/** How an explanation is written. */
export type ExplainFormat = (typeof EXPLAIN_FORMATS)[number];

/** How a report is written. */
export type ReportFormat = (typeof FORMATS)[number];

/** What decides over what is printed. */
export interface ReportOptions {
  readonly quiet: boolean;
  readonly format: ReportFormat;
}

/** What the command is to do. */
export type Command =
  | { readonly kind: "help" | "version" }
  | (BuildOptions &
      ReportOptions & {
        readonly kind: "check";
        readonly paths: readonly string[];
        readonly fix: boolean;
        readonly outputs: boolean;
      })
  | ({ readonly kind: "diff" } & DiffCommand)
  | ({ readonly kind: "explain" } & ExplainCommand)
  | ({ readonly kind: "fmt" } & FmtCommand)
  | ({ readonly kind: "init" } & InitCommand)
  | (BuildOptions &
      ReportOptions & {
        readonly kind: "compile";
        readonly paths: readonly string[];
        readonly stdout: boolean;
        /** Whether the files are followed, and compiled again when they change. */
        readonly watch: boolean;
      });

/** Every option. Those with a value may have it as the next argument. */
const OPTIONS = {
  "out-dir": { type: "string" },
  emit: { type: "string" },
  standalone: { type: "boolean" },
  profile: { type: "string" },
  profiles: { type: "string" },
  deny: { type: "string", multiple: true },
  "allow-outside": { type: "boolean" },
  quiet: { type: "boolean" },
  format: { type: "string" },
  stdout: { type: "boolean" },
  watch: { type: "boolean" },
  fix: { type: "boolean" },
  outputs: { type: "boolean" },
  check: { type: "boolean" },
  diff: { type: "boolean" },
  origin: { type: "string" },
  method: { type: "string" },
  header: { type: "string", multiple: true },
  credentials: { type: "boolean" },
  read: { type: "string", multiple: true },
  curl: { type: "string" },
  raw: { type: "string" },
  policy: { type: "string" },
  git: { type: "string" },
  "fail-on": { type: "string" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "v" },
} as const;

/** What an option's value has to be, for people. */
const EXPECTED: ReadonlyMap<string, string> = new Map([
  ["out-dir", "a folder"],
  ["emit", KINDS.join(" or ")],
  ["profile", "a name"],
  ["profiles", "names, separated by commas"],
  ["deny", "the code of a warning, or warnings"],
  ["origin", "the origin of a page"],
  ["method", "a method"],
  ["header", "a request header, as Name or as 'Name: value'"],
  ["read", "the name of a response header"],
  ["curl", "a curl command"],
  ["raw", "a file"],
  ["policy", "a name"],
  ["git", "a revision, or two as in main..feature"],
  ["fail-on", FAILURES.join(" or ")],
]);

const flag = z.literal(true).optional();
const name = z.string().refine(isName);

const common = {
  help: flag,
  version: flag,
  quiet: flag,
  "allow-outside": flag,
  "out-dir": z.string().min(1).optional(),
  emit: z.enum(KINDS).default("module"),
  standalone: flag,
  profile: name.optional(),
  profiles: z
    .string()
    .transform((text) => text.split(","))
    .pipe(z.array(name))
    .default([]),
  deny: z.array(z.enum(["warnings", ...WARNINGS])).default([]),
};
const compileOptions = z.strictObject({ ...common, stdout: flag, watch: flag });
const checkOptions = z.strictObject({ ...common, fix: flag, outputs: flag, format: z.enum(FORMATS).default("pretty") });

const fmtOptions = z.strictObject({ help: flag, version: flag, check: flag, diff: flag });
const explainOptions = z.strictObject({
  help: flag,
  version: flag,
  "allow-outside": flag,
  profile: name.optional(),
  policy: z.string().optional(),
  origin: z.string().min(1).optional(),
  method: z.string().min(1).optional(),
  header: z.array(z.string().min(1)).default([]),
  credentials: flag,
  read: z.array(z.string().refine(isToken)).default([]),
  curl: z.string().min(1).optional(),
  raw: z.string().min(1).optional(),
  format: z.enum(EXPLAIN_FORMATS).default("pretty"),
});
const diffOptions = z.strictObject({
  help: flag,
  version: flag,
  git: z.string().min(1).optional(),
  format: z.enum(DIFF_FORMATS).default("pretty"),
  "fail-on": z.enum(FAILURES).optional(),
});
const initOptions = z.strictObject({ help: flag, version: flag });

function explainIssue(issue: z.core.$ZodIssue, command: string, formats: readonly string[]): UsageProblem {
  if (issue.code === "unrecognized_keys") {
    const option = issue.keys[0] ?? "";
    const written = option.length === 1 ? `-${option}` : `--${option}`;
    if (Object.hasOwn(OPTIONS, option)) return { usage: `${command} has no option ${written}` };
    const nearest = findNearest(option, Object.keys(OPTIONS));
    return { usage: `there is no option ${written}${nearest ? `; did you mean --${nearest}?` : ""}` };
  }
  const option = String(issue.path[0]);
  const expected = option === "format" ? formats.join(", ") : EXPECTED.get(option);
  return { usage: expected === undefined ? `--${option} takes no value` : `--${option} takes ${expected}` };
}

function explainFirst({ issues }: z.ZodError, command: string, formats: readonly string[] = FORMATS): UsageProblem {
  const [issue] = issues;
  return issue ? explainIssue(issue, command, formats) : { usage: "the options are wrong" };
}

function toBuildOptions(
  data: z.infer<typeof checkOptions> | z.infer<typeof compileOptions>,
): BuildOptions & ReportOptions {
  const { emit, standalone = false, profile = null, profiles, deny, quiet = false } = data;
  const format = "format" in data ? data.format : "pretty";
  const { "out-dir": outDir = null, "allow-outside": allowOutside = false } = data;
  return { emit, standalone, outDir, profile, profiles, deny, quiet, format, allowOutside };
}

function findExclusion(exclusive: Readonly<Record<string, boolean>>): UsageProblem | null {
  const given = Object.keys(exclusive).filter((option) => exclusive[option]);
  return given.length > 1 ? { usage: `${given.join(" and ")} exclude each other` } : null;
}

/** What is wrong with options that compiling and checking have in common. */
function findBuildExclusion({ emit, standalone, profile, profiles }: BuildOptions): UsageProblem | null {
  return (
    findExclusion({ "--profile": profile !== null, "--profiles": profiles.length > 0 }) ??
    findExclusion({ "--standalone": standalone, "--emit json": emit === "json" })
  );
}

function readCheck(values: object, paths: readonly string[]): Command | UsageProblem {
  const parsed = checkOptions.safeParse(values);
  if (!parsed.success) return explainFirst(parsed.error, "cors-compile check");
  const { help, version, fix = false, outputs = false } = parsed.data;
  if (help) return { kind: "help" };
  if (version) return { kind: "version" };
  const options = toBuildOptions(parsed.data);
  return findBuildExclusion(options) ?? { kind: "check", paths, fix, outputs, ...options };
}

function readCompile(values: object, paths: readonly string[]): Command | UsageProblem {
  const parsed = compileOptions.safeParse(values);
  if (!parsed.success) return explainFirst(parsed.error, "cors-compile");
  const { help, version, stdout = false, watch = false } = parsed.data;
  if (help) return { kind: "help" };
  if (version) return { kind: "version" };
  const options = toBuildOptions(parsed.data);
  const problem =
    findExclusion({ "--stdout": stdout, "--out-dir": options.outDir !== null }) ??
    findExclusion({ "--watch": watch, "--stdout": stdout }) ??
    findExclusion({ "--watch": watch, "standard input": watch && paths.includes(STDIN) }) ??
    findBuildExclusion(options);
  return problem ?? { kind: "compile", paths, stdout, watch, ...options };
}

function readFmt(values: object, paths: readonly string[]): Command | UsageProblem {
  const parsed = fmtOptions.safeParse(values);
  if (!parsed.success) return explainFirst(parsed.error, "cors-compile fmt");
  const { help, version, check = false, diff = false } = parsed.data;
  return help ? { kind: "help" } : version ? { kind: "version" } : { kind: "fmt", paths, check, diff };
}

function readInit(values: object, paths: readonly string[]): Command | UsageProblem {
  const parsed = initOptions.safeParse(values);
  if (!parsed.success) return explainFirst(parsed.error, "cors-compile init");
  if (parsed.data.help) return { kind: "help" };
  if (parsed.data.version) return { kind: "version" };
  const [path = STARTER_NAME, ...others] = paths;
  return others.length > 0 ? { usage: `init writes one file, and these are ${paths.length}` } : { kind: "init", path };
}

function readExplain(values: object, paths: readonly string[]): Command | UsageProblem {
  const parsed = explainOptions.safeParse(values);
  if (!parsed.success) return explainFirst(parsed.error, "cors-compile explain", EXPLAIN_FORMATS);
  const { help, version, origin = null, method, header, curl, raw, read: reads, ...rest } = parsed.data;
  if (help) return { kind: "help" };
  if (version) return { kind: "version" };
  const problem =
    findExclusion({ "--curl": curl !== undefined, "--raw": raw !== undefined, "--method": method !== undefined }) ??
    findExclusion({ "--curl": curl !== undefined, "--raw": raw !== undefined, "--header": header.length > 0 });
  if (problem) return problem;
  const [path, ...others] = paths;
  if (path === undefined || others.length > 0) {
    return {
      usage: `explain takes one policy file, and ${paths.length === 0 ? "there is none" : `these are ${paths.length}`}`,
    };
  }
  const { profile = null, policy = null, credentials = false, format, "allow-outside": allowOutside = false } = rest;
  const asked = { path, policy, profile, reads, credentials, format, allowOutside };
  if (curl !== undefined) return { kind: "explain", request: { kind: "curl", command: curl, origin }, ...asked };
  if (raw !== undefined) return { kind: "explain", request: { kind: "raw", path: raw, origin }, ...asked };
  if (origin === null) return { usage: "explain needs a request: --origin, --curl or --raw" };
  return { kind: "explain", request: { kind: "options", origin, method: method ?? "GET", headers: header }, ...asked };
}

function readDiff(values: object, paths: readonly string[]): Command | UsageProblem {
  const parsed = diffOptions.safeParse(values);
  if (!parsed.success) return explainFirst(parsed.error, "cors-compile diff", DIFF_FORMATS);
  const { help, version, git, format, "fail-on": failOn = null } = parsed.data;
  if (help) return { kind: "help" };
  if (version) return { kind: "version" };
  if (git !== undefined) {
    const revisions = readRevisions(git);
    if ("usage" in revisions) return revisions;
    const source = { kind: "git", ...revisions, paths: paths.length > 0 ? paths : ["."] } as const;
    return { kind: "diff", source, format, failOn };
  }
  const [before, after, ...others] = paths;
  if (before === undefined || after === undefined || others.length > 0) {
    return { usage: "diff takes two files or two folders, the old one first; or --git REV" };
  }
  return { kind: "diff", source: { kind: "paths", before, after }, format, failOn };
}

/** Reads the arguments behind the command's name. */
export function readArguments(args: readonly string[]): Command | UsageProblem {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, strict: false });
  const [first, ...others] = positionals;
  const inputs = (paths: readonly string[]) => (paths.length > 0 ? paths : ["."]);
  if (first === "fmt") return readFmt(values, inputs(others));
  if (first === "diff") return readDiff(values, others);
  if (first === "explain") return readExplain(values, others);
  if (first === "init") return readInit(values, others);
  return first === "check" ? readCheck(values, inputs(others)) : readCompile(values, inputs(positionals));
}
