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

/** The files that a block can import: the blocks of its section that are tagged with a name. */
function filesAround(block: Block): Record<string, string> {
  const named = readBlocks(block.document).filter(({ heading }) => heading === block.heading);
  return Object.fromEntries(named.map((other) => [readTag(other, "file") ?? "", other.text]));
}

/** Compiles a block as the command does a file. */
export function compileBlock(block: Block, name = readTag(block, "file") ?? "policy.cors"): CompileTextResult {
  const host = createMemoryHost(filesAround(block));
  const own = toBytes(block);
  const result = compileFiles([name], { ...host, read: (path) => (path === name ? own : host.read(path)) });
  return { ...result, policies: result.files[0]?.policies ?? [] };
}

/** What the command prints about a block, without colours. */
export function renderBlock(block: Block, name: string): string {
  const { diagnostics } = compileBlock(block, name);
  return diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, PLAIN)).join("\n");
}
