import type { Policy } from "../compile.js";
import { toDocumentationComment } from "./escape.js";
import { type Export, toExports } from "./exports.js";
import { IMPORTED, type Linking } from "./linking.js";
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
 * @param linking - Where the module has the runtime from.
 */
export function emitModule(
  policies: readonly Policy[],
  sourceName: string,
  profile: string | null = null,
  linking: Linking = IMPORTED,
): string {
  const exports = toExports(policies, linking.bindsPoliciesByName).map(printExport);
  return [printOrigin(sourceName, profile), linking.moduleStart, "\n", exports.join("\n"), linking.moduleEnd].join("");
}
