import { createCollector } from "../diagnostics/collector.js";
import { createDiagnostic, type Diagnostic, type Report } from "../diagnostics/diagnostic.js";
import type { FileNode, ImportNode } from "../syntax/ast.js";
import { parse } from "../syntax/parse.js";
import { decode } from "../text/decode.js";
import type { Host } from "./host.js";

/** A file that has been read and parsed, once for a run. */
export interface ParsedFile {
  readonly path: string;
  readonly tree: FileNode;
  readonly diagnostics: readonly Diagnostic[];
  readonly omitted: number;
  readonly omittedErrors: number;
}

/** Files of a run by path. What can't be read is remembered as well. */
export type ParsedFiles = Map<string, ParsedFile | { readonly problem: string }>;

/** A file of a program with what its imports lead to. */
export interface LoadedFile {
  readonly path: string;
  readonly tree: FileNode;
  /** `null` for an import that leads nowhere, which has been reported. */
  readonly imports: ReadonlyMap<ImportNode, LoadedFile | null>;
}

/** A file with all that it imports, directly or not. */
export interface Program {
  readonly entry: LoadedFile;
  /** Every file once, the entry last. */
  readonly files: readonly LoadedFile[];
}

/** How the command calls standard input; a file of that name is `./-`. */
const STANDARD_INPUT = "-";

function parseFile(path: string, host: Host): ParsedFile | { readonly problem: string } {
  const content = host.read(path);
  if (typeof content === "object" && "problem" in content) return content;
  const collector = createCollector();
  const name = path === STANDARD_INPUT ? "<stdin>" : path;
  const file = typeof content === "string" ? { name, text: content } : decode(name, content, collector.report);
  const isText = collector.count() === 0;
  // What is not text has nothing else to be said about.
  const tree = parse(isText ? file : { ...file, text: "" }, collector);
  return { path, tree: isText ? tree : { ...tree, damaged: true }, ...collector.collected() };
}

/** Reads a file, or remembers it. */
export function readParsed(path: string, files: ParsedFiles, host: Host): ParsedFile | { readonly problem: string } {
  const known = files.get(path) ?? parseFile(path, host);
  files.set(path, known);
  return known;
}

interface Loading {
  readonly host: Host;
  readonly files: ParsedFiles;
  readonly report: Report;
  readonly loaded: Map<string, LoadedFile>;
}

/** Loads what an import names; reports what leads nowhere or around. */
function loadImport(node: ImportNode, importer: string, stack: readonly string[], loading: Loading): LoadedFile | null {
  if (!node.path) return null;
  const { text, span } = node.path;
  const fail = (problem: string) => {
    loading.report(createDiagnostic("unknown-import", span, { problem: `\`${text}\` can't be imported: ${problem}` }));
    return null;
  };
  const isRelative = text.startsWith("./") || text.startsWith("../");
  if (!isRelative) return fail("a path is relative to this file, and begins with `./` or `../`");
  if (!text.endsWith(".cors")) return fail("only .cors files can be");
  const path = loading.host.resolve(importer, text);
  if (typeof path === "object") return fail(path.problem);
  const at = stack.indexOf(path);
  if (at >= 0) {
    const cycle = [...stack.slice(at), path].join(" → ");
    loading.report(createDiagnostic("import-cycle", span, { cycle }));
    return null;
  }
  const parsed = readParsed(path, loading.files, loading.host);
  return "problem" in parsed ? fail(parsed.problem) : loadFile(parsed, stack, loading);
}

function loadFile({ path, tree, diagnostics }: ParsedFile, stack: readonly string[], loading: Loading): LoadedFile {
  const known = loading.loaded.get(path);
  if (known) return known;
  for (const diagnostic of diagnostics) loading.report(diagnostic);
  const inner = [...stack, path];
  const imports = new Map(tree.imports.map((node) => [node, loadImport(node, path, inner, loading)]));
  const file = { path, tree, imports };
  loading.loaded.set(path, file);
  return file;
}

/** Loads a file and all that it imports. */
export function loadProgram(parsed: ParsedFile, files: ParsedFiles, host: Host, report: Report): Program {
  const loading: Loading = { host, files, report, loaded: new Map() };
  const entry = loadFile(parsed, [], loading);
  return { entry, files: [...loading.loaded.values()] };
}
