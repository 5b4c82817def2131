/*
 * The runtime's files are part of this package's own bundle, and are not looked for where the command runs. So
 * they are there under every way of installing (pnpm's links, Yarn's archives, a bundle of this package), no other
 * version of @corslang/runtime that a project has or overrides comes in between, and a version of the compiler always
 * gives the same bytes.
 */
import license from "../../../../LICENSE?raw";
import runtimeText from "../../../runtime/dist/index.js?raw";
import runtimePackage from "../../../runtime/package.json" with { type: "json" };
import decisionSource from "../../../runtime/src/decision.ts?raw";
import matcherSource from "../../../runtime/src/matcher.ts?raw";
import policySource from "../../../runtime/src/policy.ts?raw";
import type { Linking } from "./linking.js";
import { inlineType } from "./standalone-types.js";

const RUNTIME = `@corslang/runtime ${runtimePackage.version} (MIT licence)`;

/** The built file without what only a file of its own can have: its exports, and the name of its source map. */
const [runtimeStatements = ""] = runtimeText.split(/^export \{/m);

const licenseComment = license
  .trimEnd()
  .split("\n")
  .map((line) => ` * ${line}`.trimEnd())
  .join("\n");

/**
 * The runtime is a part of the module, which imports nothing.
 *
 * It is in a function: there its names and those of the generated code can't meet, and bundlers drop the whole when no
 * policy is used, which they would not do with its statements side by side.
 */
export const STANDALONE: Linking = {
  moduleStart: `// It imports nothing: the function runtime at its end is the text of ${RUNTIME}.
const createMatcher = /* @__PURE__ */ runtime();
`,
  moduleEnd: `
/*
 * The text of ${RUNTIME}, but for its exports.
 *
${licenseComment}
 */
function runtime() {
${runtimeStatements}return createMatcher;
}
`,
  typesStart: `// It imports nothing: the types at its end are those of ${RUNTIME}.
`,
  // An export is what makes the other declarations local: without any, all would be taken for exported.
  typesEnd: `
${inlineType("Matcher", [matcherSource, decisionSource, policySource])}
export {};
`,
  bindsPoliciesByName: false,
};
