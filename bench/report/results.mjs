/*
 * Results as JSON. `reference.json` is checked in, and docs/performance.md is made of it; `last.json` is whatever this
 * machine has measured last.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { run } from "../../scripts/run.mjs";

const FOLDER = new URL("../results/", import.meta.url);
const REFERENCE = new URL("reference.json", FOLDER);
const LAST = new URL("last.json", FOLDER);

const FORMAT = 1;

function read(url) {
  try {
    return JSON.parse(readFileSync(url, "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") return null;
    throw error;
  }
}

/** The results that are checked in. */
export function readReference() {
  const results = read(REFERENCE);
  if (results?.format !== FORMAT) throw new Error("bench/results/reference.json is missing, or of another format");
  return results;
}

/** Ratios of different machines or versions say nothing beside each other. */
function isSameEnvironment(one, other) {
  return isDeepStrictEqual(one.environment, other.environment);
}

/**
 * Writes results; the groups that were not measured now stay as they are, where they are of the same machine and the
 * same versions.
 *
 * @param {object} results - See `run.mjs`.
 * @param {boolean} isReference - Whether they are to be checked in.
 * @param {readonly string[]} allGroups - The names of all there are, in their order.
 * @throws Error when checked-in results of another machine would be lost.
 */
export function writeResults(results, isReference, allGroups) {
  const url = isReference ? REFERENCE : LAST;
  const before = read(url);
  const keeps = before?.format === FORMAT && isSameEnvironment(before, results);
  const isWhole = allGroups.every((group) => results.groups[group]);
  if (isReference && before && !keeps && !isWhole) {
    throw new Error("the reference is of another machine or other versions: measure all groups, without --only");
  }
  const groups = { ...(keeps ? before.groups : {}), ...results.groups };
  // In their order, whichever came first.
  const ordered = Object.fromEntries(allGroups.flatMap((group) => (groups[group] ? [[group, groups[group]]] : [])));
  writeFileSync(url, `${toText(JSON.parse(JSON.stringify({ format: FORMAT, ...results, groups: ordered }, round)))}\n`);
  // What is checked in has the format of everything else.
  if (isReference) run("biome", ["format", "--write", "--log-level=error", fileURLToPath(url)]);
}

/** As JSON, with what fits on a line on one: a row is then some lines, which can be reviewed, and not forty. */
function toText(value, indent = "") {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  const inner = `${indent}  `;
  const parts = Object.entries(value).map(
    ([key, member]) => (Array.isArray(value) ? "" : `${JSON.stringify(key)}: `) + toText(member, inner),
  );
  const line = `${open} ${parts.join(", ")} ${close}`;
  return parts.length === 0 || (indent.length + line.length < LINE && !line.includes("\n"))
    ? line
    : `${open}\n${parts.map((part) => inner + part).join(",\n")}\n${indent}${close}`;
}

/** Some less than a line has: a key comes before. */
const LINE = 100;

/** Four digits are more than any of these numbers has. */
function round(_key, value) {
  return typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;
}
