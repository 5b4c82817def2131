/*
 * Writes `bom.cdx.json` into each package: a bill of materials in CycloneDX's format, of what is installed with the
 * package and of what is bundled into it. pnpm makes it of the lock file, and lists every tool for building and testing
 * as well; what is kept of that is what users get.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readBundledPackages } from "./bundled-packages.mjs";
import { PACKAGES } from "./packages.mjs";
import { PNPM } from "./pnpm.mjs";
import { readOutput, root } from "./run.mjs";

/** Part of tldts, and the one part of a bundle that no lock file knows. */
const PUBLIC_SUFFIX_LIST = {
  type: "data",
  name: "Public Suffix List",
  "bom-ref": "public-suffix-list",
  scope: "required",
  description: "As it is in tldts, whose version is the list's.",
  licenses: [{ license: { id: "MPL-2.0" } }],
  externalReferences: [{ type: "website", url: "https://publicsuffix.org/list/" }],
};

/** What pnpm writes for each package, by the names of the folders. */
function readFromLockFile() {
  const folder = mkdtempSync(join(tmpdir(), "corslang-bill-of-materials-"));
  try {
    const format = ["--sbom-format", "cyclonedx", "--sbom-spec-version", "1.6"];
    const places = ["--filter", "./packages/*", "--split", "--out", join(folder, "%s.json")];
    readOutput("npx", ["-y", PNPM, "sbom", ...format, ...places]);
    const read = (name) => JSON.parse(readFileSync(join(folder, `corslang-${name}.json`), "utf8"));
    return new Map(PACKAGES.map((name) => [name, read(name)]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function identify({ group, name, version }) {
  return `${group === undefined ? name : `${group}/${name}`}@${version}`;
}

/** What users get with a package, as `name@version`: of its dependencies, of which all are ours, and its bundles. */
function findParts(name) {
  const { version, dependencies = {} } = JSON.parse(readFileSync(`${root}packages/${name}/package.json`, "utf8"));
  const installed = Object.keys(dependencies).map((dependency) => `${dependency}@${version}`);
  return new Set([...installed, ...readBundledPackages(name).map(identify)]);
}

function byReference(one, other) {
  return one < other ? -1 : 1;
}

/**
 * Keeps what users get, and nothing that differs from one run to the next (a number, the time, an order): one tree makes
 * one text.
 *
 * @param {ReadonlySet<string>} kept - As `name@version`.
 */
function keep({ serialNumber: _, metadata, components, dependencies, ...rest }, kept) {
  const { timestamp: __, ...described } = metadata;
  const parts = components.filter((one) => kept.has(identify(one)));
  const missing = [...kept].filter((one) => !parts.some((part) => identify(part) === one));
  if (missing.length > 0) throw new Error(`the lock file does not name ${missing.join(", ")}`);
  const references = new Set([metadata.component, ...parts].map((one) => one["bom-ref"]));
  return {
    ...rest,
    metadata: described,
    components: parts
      // For pnpm what is bundled is a tool for building, as no manifest has users install it.
      .map(({ properties: _, ...part }) => ({ ...part, scope: "required" }))
      .sort((one, other) => byReference(one["bom-ref"], other["bom-ref"])),
    dependencies: dependencies
      .filter(({ ref }) => references.has(ref))
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => references.has(one)).sort() }))
      .sort((one, other) => byReference(one.ref, other.ref)),
  };
}

function addPublicSuffixList(bill) {
  const tldts = bill.components.find(({ name }) => name === "tldts");
  if (tldts === undefined) return bill;
  const list = PUBLIC_SUFFIX_LIST["bom-ref"];
  return {
    ...bill,
    components: [...bill.components, { ...PUBLIC_SUFFIX_LIST, version: tldts.version }],
    dependencies: [
      ...bill.dependencies.map((one) =>
        one.ref === tldts["bom-ref"] ? { ...one, dependsOn: [...one.dependsOn, list] } : one,
      ),
      { ref: list, dependsOn: [] },
    ],
  };
}

/**
 * Makes the bills of materials of the packages, which have to be built.
 *
 * @returns {Map<string, string>} The text of each, by the names of the folders below `packages/`.
 * @throws Error when users get something that the lock file does not have in that version.
 */
export function makeBillsOfMaterials() {
  const bills = [...readFromLockFile()].map(([name, bill]) => {
    const complete = addPublicSuffixList(keep(bill, findParts(name)));
    return [name, `${JSON.stringify(complete, null, 2)}\n`];
  });
  return new Map(bills);
}

/** Writes them beside the packages' manifests. */
export function writeBillsOfMaterials() {
  for (const [name, text] of makeBillsOfMaterials()) writeFileSync(`${root}packages/${name}/bom.cdx.json`, text);
}

if (process.argv[1] === import.meta.filename) writeBillsOfMaterials();
