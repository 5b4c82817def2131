import { type CompileResult, compileFiles } from "../../src/compile.js";
import { createMemoryHost } from "../../src/program/host.js";
import { ENTRY, readFiles, readFixtures } from "../fixtures.js";

/** The version of the tool that the expected reports name. */
export const TOOL_VERSION = "1.2.3";

/** Source texts by file name. */
export type Sources = Readonly<Record<string, string>>;

/** Compiles all of these files, or those of the paths. */
export function compileSources(sources: Sources, paths: readonly string[] = Object.keys(sources)): CompileResult {
  return compileFiles(paths, createMemoryHost(sources));
}

/** Every input of test/fixtures/diagnostics with its findings. */
export function compileFixtures(): { readonly name: string; readonly result: CompileResult }[] {
  return readFixtures("diagnostics").map((fixture) => ({
    name: fixture.name,
    result: compileSources(readFiles(fixture), [ENTRY]),
  }));
}

/** Names that mean something else in URIs, workflow commands or JSON, or that no terminal should print. */
export const ODD_NAMES: readonly string[] = [
  "a b.cors",
  "a,line=99.cors",
  "a:b.cors",
  "a::error::b.cors",
  "100%.cors",
  "100%0A::add-mask::x.cors",
  "a\n::add-mask::x.cors",
  "a\r\n::stop-commands::x.cors",
  "##[add-mask]x.cors",
  "a#b?c=d&e.cors",
  'a"b\\c.cors',
  "übersicht/政策.cors",
  "[a](https:evil.example).cors",
  "a;b|c`d`$(e).cors",
  "{0}.cors",
  "=.cors",
  " a.cors",
  "😀.cors",
];
