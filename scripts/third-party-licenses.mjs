/* Writes the licences of what is bundled into @corslang/dsl, read off the bundle's own source maps. */
import { globSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { root } from "./run.mjs";

const NAME = /node_modules\/\.pnpm\/[^/]+\/node_modules\/((?:@[^/]+\/)?[^/]+)\//;

const folder = `${root}packages/dsl/`;
const sources = globSync(`${folder}dist/*.js.map`).flatMap((path) => JSON.parse(readFileSync(path, "utf8")).sources);
const packages = new Map();
for (const source of sources) {
  const [directory, name] = NAME.exec(source) ?? [];
  if (name !== undefined) packages.set(name, `${root}${directory}`);
}
if (packages.size === 0) throw new Error("the bundle of packages/dsl names no package: has it been built?");

const sections = [...packages].sort().map(([name, directory]) => {
  const { version, license } = JSON.parse(readFileSync(`${directory}package.json`, "utf8"));
  const file = readdirSync(directory).find((path) => /^licen[cs]e/i.test(path));
  const text =
    file === undefined ? "" : `\n\`\`\`text\n${readFileSync(`${directory}${file}`, "utf8").trim()}\n\`\`\`\n`;
  return `## ${name} ${version} (${license})\n${text}`;
});

writeFileSync(
  `${folder}THIRD_PARTY_LICENSES.md`,
  `# Licences of bundled software

These packages are part of the bundle in dist/.

${sections.join("\n")}
## Public Suffix List (MPL-2.0)

The list in tldts is that of https://publicsuffix.org/list/, under the Mozilla Public License 2.0,
https://mozilla.org/MPL/2.0/.
`,
);
