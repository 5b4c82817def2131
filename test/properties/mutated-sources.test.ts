import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { compileFiles, createMemoryHost, type Diagnostic, format, type Host } from "@corslang/dsl";
import { createMatcher } from "@corslang/runtime";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createDiskHost } from "../../packages/dsl/src/disk/disk-host.js";
import { command } from "../../packages/dsl/test/cors-compile.js";
import { readFiles, readFixtures } from "../../packages/dsl/test/fixtures.js";
import { withChangedBytes, withChangedWords } from "./generators/mutations.js";
import { programs } from "./generators/programs.js";
import { expectToFail, expectToHold, SEED } from "./generators/seed.js";
import { printProgram } from "./print-program.js";

/*
 * Whatever a file is, the compiler says something sensible or makes policies, and never both or neither; so does the
 * command. Where the fixtures break one rule each, these break any number of them anywhere.
 */

type Files = Readonly<Record<string, string>>;
type MutatedFiles = Readonly<Record<string, string | Uint8Array>>;

const TOURS = new URL("../../packages/dsl/test/fixtures/tours/", import.meta.url);
const tours: Files = Object.fromEntries(
  readdirSync(TOURS).map((name) => [name, readFileSync(new URL(name, TOURS), "utf8")]),
);

/** The files of each fixture. */
const originals: readonly Files[] = [
  { "policy.cors": tours["several-files.cors"] ?? "", "shared.cors": tours["shared.cors"] ?? "" },
  { "policy.cors": tours["one-file.cors"] ?? "" },
  ...[...readFixtures("diagnostics"), ...readFixtures("format")].map(readFiles),
];
const texts = originals.flatMap((files) => Object.values(files));

/** A fixture or a program with one of its files changed. */
const mutated: fc.Arbitrary<MutatedFiles> = fc
  .oneof(
    { weight: 1, arbitrary: fc.constantFrom(...originals) },
    { weight: 1, arbitrary: fc.tuple(programs, fc.nat()).map(([program, layout]) => printProgram(program, layout)) },
  )
  .chain((files) => fc.tuple(fc.constant(files), fc.constantFrom(...Object.keys(files))))
  .chain(([files, name]) => {
    const text = files[name] ?? "";
    return fc
      .oneof<fc.Arbitrary<string | Uint8Array>[]>(withChangedWords(text, texts), withChangedBytes(text))
      .map((changed) => ({ ...files, [name]: changed }));
  });

function hostOf(files: MutatedFiles): Host {
  return {
    resolve: createMemoryHost({}).resolve,
    read: (path) => (Object.hasOwn(files, path) ? (files[path] ?? "") : { problem: "does not exist" }),
  };
}

function expectPlacesInText({ span, related, fix, message }: Diagnostic): void {
  expect(message).toMatch(/\S/);
  for (const { file, start, end } of [span, ...related.map((other) => other.span)]) {
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeGreaterThanOrEqual(start);
    expect(end).toBeLessThanOrEqual(file.text.length);
  }
  let before = 0;
  for (const { span: place } of fix?.edits ?? []) {
    expect(place.start).toBeGreaterThanOrEqual(before);
    expect(place.end).toBeLessThanOrEqual(place.file.text.length);
    before = place.end;
  }
}

type Compile = typeof compileFiles;

const seen = { compiled: 0, refused: 0 };

function findsFaultsOrPolicies(compileAny: Compile): fc.IProperty<[MutatedFiles]> {
  return fc.property(mutated, (files) => {
    const result = compileAny(["policy.cors"], hostOf(files));
    const [file] = result.files;
    const errors = result.diagnostics.filter(({ severity }) => severity === "error").length + result.omittedErrors;
    expect(result.unreadable).toEqual([]);
    expect(file?.policies === null).toBe(errors > 0);
    for (const diagnostic of result.diagnostics) expectPlacesInText(diagnostic);
    for (const profile of [null, ...(file?.profiles ?? [])]) {
      for (const { compiled } of file?.policiesFor(profile) ?? []) createMatcher(compiled);
    }
    expect(compileAny(["policy.cors"], hostOf(files)).diagnostics).toEqual(result.diagnostics);
    seen[errors > 0 ? "refused" : "compiled"]++;

    const [text] = Object.values(files).filter((one) => typeof one === "string");
    if (text === undefined) return;
    const formatted = format(text);
    // What can't be read is left as it is, and what was formatted is formatted.
    if (formatted.diagnostics.length > 0) expect(formatted.text).toBe(text);
    else expect(format(formatted.text).text).toBe(formatted.text);
  });
}

describe(`mutated files, CORSLANG_SEED=${SEED}`, () => {
  test("become diagnostics or policies", async () => {
    await expectToHold(findsFaultsOrPolicies(compileFiles), 2000);
    console.info(`CORSLANG_SEED=${SEED}: ${JSON.stringify(seen)}`);
    expect(seen.compiled).toBeGreaterThan(100);
    expect(seen.refused).toBeGreaterThan(1000);
  });

  /** Runs the command in a folder; it may be wrong about nothing, so there is never a stack, or a defect of its own. */
  function run(folder: string, ...args: readonly string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
      cwd: folder,
      encoding: "utf8",
      maxBuffer: 100_000_000,
    });
    expect(stderr).not.toMatch(/^\s+at |a defect of cors-compile/m);
    return { status, stdout };
  }

  test("become diagnostics or output of the command, and its fixes and its formatter leave files like that", () => {
    const root = mkdtempSync(join(tmpdir(), "corslang-mutated-"));
    try {
      const samples = fc.sample(mutated, { seed: SEED, numRuns: 150 });
      for (const [index, files] of samples.entries()) {
        for (const [name, content] of Object.entries(files)) {
          const path = join(root, "sources", `${index}`, name);
          mkdirSync(dirname(path), { recursive: true });
          writeFileSync(path, content);
        }
      }
      expect(run(root, "--out-dir", "out", "sources").status).toBe(1);
      const checked = run(root, "check", "--format", "json", "sources");
      expect(checked.status).toBe(1);
      const report: { readonly diagnostics: readonly { readonly file: string; readonly severity: string }[] } =
        JSON.parse(checked.stdout);
      const withErrors = report.diagnostics.filter(({ severity }) => severity === "error").map(({ file }) => file);
      // On a disk, where a path can lead to a file that it does not name elsewhere.
      const host = createDiskHost({ allowOutside: false });
      for (const [index, files] of samples.entries()) {
        const [entry] = compileFiles([join(root, "sources", `${index}`, "policy.cors")], host).files;
        const isWritten = existsSync(join(root, "out", `${index}`, "policy.cors.mjs"));
        expect(isWritten, JSON.stringify(files)).toBe(entry?.policies !== null);
        // What is at fault may be a file that it imports.
        const isTold = withErrors.some((file) => file.startsWith(`sources/${index}/`));
        expect(isTold || isWritten, JSON.stringify(files)).toBe(true);
      }
      expect([0, 1]).toContain(run(root, "fmt", "sources").status);
      expect([0, 1]).toContain(run(root, "check", "--fix", "sources").status);
      expect([0, 1]).toContain(run(root, "check", "sources").status);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});

describe("a planted bug is found", () => {
  const BUGS: Readonly<Record<string, Compile>> = {
    "it throws for a file of many brackets": (...args) => {
      const result = compileFiles(...args);
      expect(result.files[0]?.source.text).not.toContain("[[[[");
      return result;
    },
    "a span goes beyond its file": (...args) => {
      const result = compileFiles(...args);
      const move = ({ span, ...others }: Diagnostic) => ({ ...others, span: { ...span, end: span.end + 1 } });
      return { ...result, diagnostics: result.diagnostics.map(move) };
    },
    "policies of a file with an error are given out": (...args) => {
      const result = compileFiles(...args);
      return { ...result, files: result.files.map((file) => ({ ...file, policies: file.policies ?? [] })) };
    },
    "an error is forgotten": (...args) => {
      const result = compileFiles(...args);
      return { ...result, diagnostics: result.diagnostics.filter(({ code }) => code !== "syntax") };
    },
  };

  test.each(Object.entries(BUGS))("%s", async (_name, compileAny) => {
    await expectToFail(findsFaultsOrPolicies(compileAny), 2000);
  });
});
