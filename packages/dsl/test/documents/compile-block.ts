import { type CompileResult, compile } from "../../src/compile.js";
import { createCollector } from "../../src/diagnostics/collector.js";
import { PLAIN, renderDiagnostic } from "../../src/diagnostics/pretty.js";
import { decode } from "../../src/text/decode.js";
import type { Block } from "./markdown.js";

/** The bytes of a block. In one tagged `escaped`, `\xE9` stands for a byte and `\u{202E}` for a character. */
function toBytes({ text, tags }: Block): Uint8Array {
  if (!tags.has("escaped")) return new TextEncoder().encode(text);
  const characters = text.replaceAll(/\\u\{([0-9A-F]+)\}/g, (_, hex: string) =>
    String.fromCodePoint(Number.parseInt(hex, 16)),
  );
  const parts = characters.split(/\\x([0-9A-F]{2})/);
  return Buffer.concat(
    parts.map((part, index) => Buffer.from(part, index % 2 === 0 ? "utf8" : "hex")),
  );
}

/** Compiles a block as the command does a file. */
export function compileBlock(block: Block): CompileResult & { readonly text: string } {
  const collector = createCollector();
  const text = decode(toBytes(block), collector.report);
  const result = collector.count() > 0 ? { policies: [], ...collector.collected() } : compile(text);
  return { ...result, text };
}

/** What the command prints about a block, without colours. */
export function renderBlock(block: Block, name: string): string {
  const { diagnostics, text } = compileBlock(block);
  return diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, { name, text }, PLAIN)).join("\n");
}
