import { readFileSync, writeFileSync } from "node:fs";
import { root } from "../run.mjs";

const DOCUMENT = `${root}docs/assurance.md`;

/** Puts a part's row into the table of docs/assurance.md, in place of the one that is there. */
export function writeResult(part, { mutants, killed, survivors, equivalent, percent }) {
  const { devDependencies } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
  const versions = `Stryker ${devDependencies["@stryker-mutator/core"]}, vitest ${devDependencies.vitest}, Node ${process.versions.node}`;
  const date = new Date().toISOString().slice(0, 10);
  const cells = [part, mutants, killed, survivors.length, equivalent, `${percent} %`, date, versions];
  const row = `| ${cells.join(" | ")} |`;
  const text = readFileSync(DOCUMENT, "utf8");
  const present = new RegExp(`^\\| ${part} \\|.*$`, "m");
  if (!present.test(text)) throw new Error(`${DOCUMENT} has no row for ${part}`);
  writeFileSync(DOCUMENT, text.replace(present, row));
}
