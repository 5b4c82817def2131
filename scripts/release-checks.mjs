/*
 * What has to hold before packages are published. Each check takes what is there and gives back sentences about what is
 * wrong: none, when nothing is.
 */

const RUNTIME = "@corslang/runtime";
const REPOSITORY = "git+https://github.com/corslang/corslang.git";

/** What npm runs where a package is installed (npm's documentation, "scripts"). */
const INSTALL_SCRIPTS = ["preinstall", "install", "postinstall", "prepare", "preprepare", "postprepare", "prepublish"];

/**
 * Checks what a manifest says, of the tree or of a packed package.
 *
 * @param {string} name - Of the package's folder.
 * @param {object} manifest
 * @param {string} runtimeVersion - What it has to depend on: `workspace:*` in the tree, the version when it is packed.
 * @returns {string[]}
 *
 * @example
 * ```js
 * checkManifest("adapters", { ...manifest, license: "ISC" }, "0.1.0"); // ["@corslang/adapters: the licence is ISC, …"]
 * ```
 */
export function checkManifest(name, manifest, runtimeVersion) {
  const problems = [];
  const expected = name === "runtime" ? {} : { [RUNTIME]: runtimeVersion };
  const { dependencies = {}, optionalDependencies, bundleDependencies, bundledDependencies, scripts = {} } = manifest;
  if (manifest.name !== `@corslang/${name}`) problems.push(`the name is ${manifest.name}`);
  if (!/^\d+\.\d+\.\d+$/.test(manifest.version))
    problems.push(`the version ${manifest.version} is not of three numbers`);
  if (manifest.license !== "MIT") problems.push(`the licence is ${manifest.license}, and LICENSE is MIT's`);
  if (JSON.stringify(dependencies) !== JSON.stringify(expected)) {
    problems.push(`it depends on ${JSON.stringify(dependencies)}, and should on ${JSON.stringify(expected)}`);
  }
  if (optionalDependencies ?? bundleDependencies ?? bundledDependencies) {
    problems.push("it has dependencies that are optional or bundled by the package manager");
  }
  const peers = Object.keys(manifest.peerDependencies ?? {});
  const needed = peers.filter((peer) => manifest.peerDependenciesMeta?.[peer]?.optional !== true);
  if (needed.length > 0) problems.push(`the peers ${needed.join(", ")} are not optional`);
  const run = INSTALL_SCRIPTS.filter((script) => script in scripts);
  if (run.length > 0) problems.push(`installing it runs ${run.join(", ")}`);
  // A registry takes a statement of provenance only from the repository that the manifest names.
  if (manifest.repository?.url !== REPOSITORY || manifest.repository.directory !== `packages/${name}`) {
    problems.push(`the repository has to be packages/${name} of ${REPOSITORY}`);
  }
  return problems.map((problem) => `@corslang/${name}: ${problem}`);
}

/**
 * Checks that all packages have one version: each is tested with the others of the same tree alone.
 *
 * @param {readonly { name: string, version: string }[]} manifests
 * @returns {string[]}
 */
export function checkVersions(manifests) {
  if (new Set(manifests.map(({ version }) => version)).size === 1) return [];
  return [`the versions differ: ${manifests.map(({ name, version }) => `${name} ${version}`).join(", ")}`];
}

/**
 * Checks that the changelog tells of a version.
 *
 * @param {string} changelog - The text, in the form of Keep a Changelog.
 * @param {string} version
 * @param {boolean} takesUnreleased - Whether "Unreleased" does as well.
 * @returns {string[]}
 */
export function checkChangelog(changelog, version, takesUnreleased) {
  const sections = changelog.split(/^## /m).slice(1);
  const ofVersion = sections.find((section) => section.startsWith(`[${version}] - `));
  const ofNext = takesUnreleased ? sections.find((section) => section.startsWith("[Unreleased]")) : undefined;
  const section = ofVersion ?? ofNext;
  if (section === undefined) {
    return [
      `CHANGELOG.md has no section "## [${version}] - ${takesUnreleased ? 'DATE", and no "Unreleased"' : 'DATE"'}`,
    ];
  }
  const [heading = ""] = section.split("\n");
  if (section === ofVersion && !/^\S+ - \d{4}-\d{2}-\d{2}$/.test(heading)) {
    return [`CHANGELOG.md: "## ${heading}" needs a date, as in 2026-01-31`];
  }
  return /^- /m.test(section) ? [] : [`CHANGELOG.md tells nothing below "## ${heading}"`];
}

/** A file of a bundle is called after what is in it. */
function withoutHash(path) {
  return path.replace(/^dist\/chunk-[A-Z0-9]{8}\./, "dist/chunk-*.");
}

/**
 * Compares the files of a packed package with those that it should have.
 *
 * @param {string} name - Of the package's folder.
 * @param {readonly string[]} files - The paths in the package.
 * @param {readonly string[]} expected - The same, with `dist/chunk-*` for the files that bundles share.
 * @returns {string[]}
 */
export function checkFiles(name, files, expected) {
  const packed = new Set(files.map(withoutHash));
  const extra = [...packed].filter((path) => !expected.includes(path));
  const missing = expected.filter((path) => !packed.has(path));
  return [
    ...extra.map((path) => `@corslang/${name}: ${path} is packed, and scripts/release-files.json does not list it`),
    ...missing.map((path) => `@corslang/${name}: ${path} is in scripts/release-files.json, and is not packed`),
  ];
}
