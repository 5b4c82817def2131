import type { Policy } from "../compile.js";
import { toDocumentationComment } from "./escape.js";
import { type Export, toExports } from "./exports.js";
import { IMPORTED, type Linking } from "./linking.js";
import { printOrigin } from "./matcher.js";

function printDeclaration(exported: Export): string {
  const comment = toDocumentationComment(exported.policy.documentation);
  const start = comment === null ? "" : `${comment}\n`;
  switch (exported.kind) {
    case "default":
      return `${start}declare const $default: Matcher;\nexport default $default;\n`;
    case "named":
      return `${start}export declare const ${exported.identifier}: Matcher;\n`;
    case "renamed":
      return `${start}declare const ${exported.binding}: Matcher;\nexport { ${exported.binding} as ${exported.identifier} };\n`;
  }
}

/** Writes the TypeScript declarations of the module that `emitModule` writes. */
export function emitTypes(
  policies: readonly Policy[],
  sourceName: string,
  profile: string | null = null,
  linking: Linking = IMPORTED,
): string {
  const declarations = toExports(policies, linking.bindsPoliciesByName).map(printDeclaration);
  return [printOrigin(sourceName, profile), linking.typesStart, "\n", declarations.join("\n"), linking.typesEnd].join(
    "",
  );
}
