import type { Policy } from "../compile.js";
import { toDocumentationComment } from "./escape.js";
import { type Export, toExports } from "./exports.js";
import { printMatcher, printOrigin } from "./matcher.js";

function printExport(exported: Export): string {
  const { compiled, documentation } = exported.policy;
  const comment = toDocumentationComment(documentation);
  const start = comment === null ? "" : `${comment}\n`;
  const matcher = printMatcher(compiled);
  switch (exported.kind) {
    case "default":
      return `${start}export default ${matcher};\n`;
    case "named":
      return `${start}export const ${exported.identifier} = ${matcher};\n`;
    case "renamed":
      return `${start}const ${exported.binding} = ${matcher};\nexport { ${exported.binding} as ${exported.identifier} };\n`;
  }
}

/**
 * Writes the JavaScript module of some policies: one matcher for each, and nothing imported but the runtime.
 *
 * @param sourceName - The name of the file that they are from, for its first line.
 */
export function emitModule(policies: readonly Policy[], sourceName: string, profile: string | null = null): string {
  const exports = toExports(policies).map(printExport);
  return [
    printOrigin(sourceName, profile),
    'import { createMatcher } from "@corslang/runtime";\n',
    "\n",
    exports.join("\n"),
  ].join("");
}
