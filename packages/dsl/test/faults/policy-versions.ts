import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Workplace } from "../cors-compile.js";

/** The outputs of a folder of policies, by their paths. */
export type Outputs = ReadonlyMap<string, string>;

/** Two versions of a folder of policies, and what each compiles to. */
export interface PolicyVersions {
  /** Writes the policies. */
  readonly write: (version: "old" | "new") => void;
  /** Puts the outputs of the old version in their places. */
  readonly restoreOutputs: () => void;
  readonly outputs: Readonly<Record<"old" | "new", Outputs>>;
  /** The outputs that are there, and whole: each is that of one of the versions. Fails where one is anything else. */
  readonly expectWhole: () => Outputs;
}

/** Many origins, so that a file is not written at once. */
const ORIGINS = 400;

function sourceOf(policy: number, version: string): string {
  const origins = Array.from({ length: ORIGINS }, (_, index) => `  https://${version}-${policy}-${index}.example.com`);
  // Named by the version, so that the types differ as well.
  return `policy ${version}-one {\n  origins [\n${origins.join("\n")}\n  ]\n}\n`;
}

function readOutputs({ folder, files }: Workplace): Outputs {
  const paths = files().filter((path) => /\.cors\.(mjs|d\.mts|json)$/.test(path));
  return new Map(paths.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

/**
 * Compiles two versions of some policies, in peace. Afterwards the sources and outputs of the old one are there.
 *
 * @param count - How many policies.
 * @param kinds - What is written of each: `--emit` of each kind is run.
 */
export function makeVersions(workplace: Workplace, count: number, kinds: readonly string[]): PolicyVersions {
  function write(version: "old" | "new"): void {
    for (let policy = 0; policy < count; policy++) workplace.write(`p${policy}.cors`, sourceOf(policy, version));
  }
  function compile(version: "old" | "new"): Outputs {
    write(version);
    for (const kind of kinds) expect(workplace.corsCompile(["--emit", kind]).status).toBe(0);
    return readOutputs(workplace);
  }
  const newOutputs = compile("new");
  for (const path of newOutputs.keys()) rmSync(join(workplace.folder, path));
  const outputs = { old: compile("old"), new: newOutputs };
  for (const [path, text] of outputs.new) expect(outputs.old.get(path)).not.toBe(text);
  return {
    write,
    outputs,
    restoreOutputs() {
      for (const [path, text] of outputs.old) workplace.write(path, text);
    },
    expectWhole() {
      const found = readOutputs(workplace);
      for (const [path, text] of found) {
        // Not compared by expect: a difference of two files would be printed in full.
        const isWhole = text === outputs.old.get(path) || text === outputs.new.get(path);
        if (!isWhole) throw new Error(`${path} is neither the old nor the new one: ${text.length} characters`);
      }
      return found;
    },
  };
}
