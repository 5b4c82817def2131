import { type CompileTextResult, compileFiles } from "../../src/compile.js";
import { PLAIN, renderDiagnostic } from "../../src/diagnostics/pretty.js";
import { createMemoryHost } from "../../src/program/host.js";
import { type Block, readBlocks, readTag } from "./markdown.js";

/** The bytes of a block. In one tagged `escaped`, `\xE9` stands for a byte and `\u{202E}` for a character. */
function toBytes({ text, tags }: Block): Uint8Array {
  if (!tags.has("escaped")) return new TextEncoder().encode(text);
  const characters = text.replaceAll(/\\u\{([0-9A-F]+)\}/g, (_, hex: string) =>
    String.fromCodePoint(Number.parseInt(hex, 16)),
  );
  const parts = characters.split(/\\x([0-9A-F]{2})/);
  return Buffer.concat(parts.map((part, index) => Buffer.from(part, index % 2 === 0 ? "utf8" : "hex")));
}

/** The other blocks of a block's section. */
function readSection(block: Block): Block[] {
  return readBlocks(block.document).filter(({ heading, line }) => heading === block.heading && line !== block.line);
}

/** What a block is called that has no name. */
const UNNAMED = "policy.cors";

/** The name of a file; without one, of the only file that there is. */
export function nameOf(block: Block): string {
  return readTag(block, "file") ?? UNNAMED;
}

/** The blocks of its section that import a block, by the names that they are compiled under. */
function readImporters(block: Block, section: readonly Block[]): Record<string, string> {
  const name = readTag(block, "file");
  const importers = section.filter(({ text, tags }) => name && !tags.has("bad") && text.includes(`from "./${name}"`));
  return Object.fromEntries(importers.map((importer) => [`importer-${importer.line}.cors`, importer.text]));
}

/**
 * Compiles a block as the command does a file, with the blocks of its section that are tagged with names to import, and
 * together with those that import it.
 */
export function compileBlock(block: Block, name = nameOf(block)): CompileTextResult {
  const section = readSection(block);
  const importers = readImporters(block, section);
  const named = Object.fromEntries(section.map((other) => [readTag(other, "file") ?? "", other.text]));
  const host = createMemoryHost({ ...named, ...importers });
  const own = toBytes(block);
  const result = compileFiles([name, ...Object.keys(importers)], {
    ...host,
    read: (path) => (path === name ? own : host.read(path)),
  });
  const diagnostics = result.diagnostics.filter(({ span }) => !Object.hasOwn(importers, span.file.name));
  return { ...result, diagnostics, policies: result.files[0]?.policies ?? [] };
}

/** What the command prints about a block, without colours. */
export function renderBlock(block: Block, name: string): string {
  const { diagnostics } = compileBlock(block, name);
  return diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, PLAIN)).join("\n");
}
