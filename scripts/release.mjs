/*
 * Publishes the packages, after checks; with --dry-run it does everything but that. What is published is packed here,
 * and carries a statement of where it was built, which npm can only make on the build machine of a public repository.
 */
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { PACKAGES } from "./packages.mjs";
import { PNPM } from "./pnpm.mjs";
import { checkChangelog, checkFiles, checkManifest, checkVersions } from "./release-checks.mjs";
import { readOutput, root, run } from "./run.mjs";
import { measureSizes } from "./size.mjs";

const PUBLISH = ["--provenance", "--access", "public"];

function stopAt(problems) {
  if (problems.length === 0) return;
  for (const problem of problems) console.error(problem);
  console.error("nothing was published");
  process.exit(1);
}

/** Before anything is built: what the tree says of itself. */
function checkTree(isDryRun) {
  const manifests = PACKAGES.map((name) => JSON.parse(readFileSync(`${root}packages/${name}/package.json`, "utf8")));
  const [{ version }] = manifests;
  const license = readFileSync(`${root}LICENSE`, "utf8");
  stopAt([
    ...PACKAGES.flatMap((name, index) => checkManifest(name, manifests[index], "workspace:*")),
    ...checkVersions(manifests),
    ...checkChangelog(readFileSync(`${root}CHANGELOG.md`, "utf8"), version, isDryRun),
    ...(license.startsWith("MIT License\n") ? [] : ["LICENSE is not MIT's"]),
  ]);
}

function pack(name, folder) {
  const packing = ["-y", PNPM, "pack", "--json", "--pack-destination", folder];
  const { filename } = JSON.parse(readOutput("npx", packing, `packages/${name}`));
  const files = readOutput("tar", ["tzf", filename])
    .trim()
    .split("\n")
    .map((path) => path.replace("package/", ""));
  return {
    name,
    tarball: filename,
    files,
    manifest: JSON.parse(readOutput("tar", ["xzOf", filename, "package/package.json"])),
  };
}

/** What users would get. */
async function checkPacked(packed) {
  const listed = JSON.parse(readFileSync(`${root}scripts/release-files.json`, "utf8"));
  const [{ manifest }] = packed;
  const sizes = await measureSizes();
  stopAt([
    ...packed.flatMap(({ name, manifest: packedManifest }) => checkManifest(name, packedManifest, manifest.version)),
    ...packed.flatMap(({ name, files }) => checkFiles(name, files, listed[name])),
    ...sizes
      .filter(({ bytes, limit }) => bytes > limit)
      .map(({ what, bytes, limit }) => `${what}: ${bytes} bytes, and at most ${limit} are allowed`),
  ]);
  for (const { what, bytes, limit } of sizes) console.log(`${what}: ${bytes} of at most ${limit} bytes`);
}

const args = process.argv.slice(2);
const isDryRun = args.includes("--dry-run");
stopAt(args.filter((arg) => arg !== "--dry-run").map((arg) => `npm run release takes --dry-run, and not ${arg}`));

checkTree(isDryRun);
await import("./build.mjs");
const folder = mkdtempSync(join(tmpdir(), "corslang-release-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const packed = PACKAGES.map((name) => pack(name, folder));
await checkPacked(packed);
for (const { tarball, files, manifest } of packed) {
  console.log(`\n${manifest.name} ${manifest.version}, ${files.length} files, ${statSync(tarball).size} bytes`);
  for (const file of files) console.log(`  ${file}`);
  console.log(`npm publish ${[basename(tarball), ...PUBLISH].join(" ")}`);
  if (!isDryRun) run("npm", ["publish", tarball, ...PUBLISH]);
}
if (isDryRun) console.log("\ndry run: nothing was published");
