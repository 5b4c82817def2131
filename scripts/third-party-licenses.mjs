/* Writes the licences of what is bundled into @corslang/dsl. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { readBundledPackages } from "./bundled-packages.mjs";
import { root } from "./run.mjs";

const packages = readBundledPackages("dsl");
if (packages.length === 0) throw new Error("the bundle of packages/dsl names no package");

const sections = packages.map(({ name, version, license, folder }) => {
  const file = readdirSync(folder).find((path) => /^licen[cs]e/i.test(path));
  const text = file === undefined ? "" : `\n\`\`\`text\n${readFileSync(`${folder}${file}`, "utf8").trim()}\n\`\`\`\n`;
  return `## ${name} ${version} (${license})\n${text}`;
});

writeFileSync(
  `${root}packages/dsl/THIRD_PARTY_LICENSES.md`,
  `# Licences of bundled software

These packages are part of the bundle in dist/.

${sections.join("\n")}
## Public Suffix List (MPL-2.0)

The list in tldts is that of https://publicsuffix.org/list/, under the Mozilla Public License 2.0,
https://mozilla.org/MPL/2.0/.
`,
);
