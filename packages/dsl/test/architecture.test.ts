import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

/* Holds what ARCHITECTURE.md says about who may import what. */

const root = fileURLToPath(new URL("../../../", import.meta.url));
const PACKAGES = ["runtime", "adapters", "dsl"] as const;

interface Import {
  /** The importing file, from the package's src. */
  readonly file: string;
  readonly from: string;
}

function sourcesOf(name: string): string[] {
  const folder = join(root, "packages", name, "src");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .sort();
}

function importsOf(name: string): Import[] {
  return sourcesOf(name).flatMap((file) => {
    const text = readFileSync(join(root, "packages", name, "src", file), "utf8");
    const matches = text.matchAll(/^(?:import|export)\b[^;]*?\bfrom "([^"]+)"|^import "([^"]+)"/gm);
    return [...matches].map(([, from, bare]) => ({ file, from: from ?? bare ?? "" }));
  });
}

function isOutside({ from }: Import): boolean {
  return !from.startsWith(".");
}

test("every source file is seen", () => {
  for (const name of PACKAGES) expect(sourcesOf(name).length).toBeGreaterThan(5);
});

test("the runtime imports nothing but itself, and uses no API of Node", () => {
  expect(importsOf("runtime").filter(isOutside)).toEqual([]);
  for (const file of sourcesOf("runtime")) {
    const text = readFileSync(join(root, "packages/runtime/src", file), "utf8");
    expect(text).not.toMatch(/\b(process|Buffer|globalThis|require|eval|new Function)\b[.(]/);
  }
});

test("in the runtime, what runs in production imports nothing that is for tests", () => {
  const folderOf = (path: string) => /\b(browser|testing)(?=\/|\.)/.exec(path)?.[0] ?? "production";
  const crossings = importsOf("runtime").map(({ file, from }) => [folderOf(file), folderOf(join(file, "..", from))]);
  expect(crossings.filter(([here, there]) => here === "production" && there !== "production")).toEqual([]);
  expect(crossings.filter(([here, there]) => here === "browser" && there === "testing")).toEqual([]);
  expect(crossings.filter(([here, there]) => here === "testing" && there === "browser").length).toBeGreaterThan(5);
});

test("adapters import the runtime, types of Node's servers, and each its own framework", () => {
  const others = importsOf("adapters").filter(
    (one) => isOutside(one) && one.from !== "@corslang/runtime" && one.from !== "node:http",
  );
  const foreign = others.filter(({ file, from }) => !file.startsWith(from));
  expect(foreign).toEqual([
    { file: "diagnostics.ts", from: "node:diagnostics_channel" },
    { file: "node.ts", from: "node:http2" },
  ]);
});

describe("in dsl", () => {
  const imports = importsOf("dsl");

  /** The folders in the order of ARCHITECTURE.md; each may import those before it, and itself. */
  const ORDER = [
    "text",
    "diagnostics",
    "syntax",
    "origin",
    "program/load",
    "resolve",
    "check",
    "compile",
    "analyze",
    "program",
    "compile.ts",
    "requests",
    "explain",
    "compare",
    "emit",
    "format",
    "define",
    "disk",
    "watch",
    "cli",
    "index.ts",
  ];

  /** `program/` loads before names are resolved, and puts the later stages together. */
  const LOADING = ["program/host", "program/load"];

  /** Places in the tree that depend on one another for their types alone, or for what a later stage puts together. */
  const KNOWN = new Set(["text/forbidden-characters.ts → diagnostics", "text/decode.ts → diagnostics"]);

  function placeOf(path: string): string {
    if (LOADING.some((start) => path.startsWith(start))) return "program/load";
    const [first = ""] = path.split("/");
    return first;
  }

  test("folders import those before them", () => {
    const backwards = imports.filter(isInside).flatMap(({ file, from }) => {
      const target = relative(".", join(file, "..", from)).replace(/\.js$/, ".ts");
      const [here, there] = [placeOf(file), placeOf(target)];
      const isAllowed = ORDER.indexOf(there) <= ORDER.indexOf(here) || KNOWN.has(`${file} → ${there}`);
      return isAllowed && ORDER.includes(here) && ORDER.includes(there) ? [] : [`${file} → ${target}`];
    });
    expect(backwards).toEqual([]);
  });

  function isInside(one: Import): boolean {
    return !isOutside(one) && !one.from.endsWith("package.json") && !one.from.endsWith("?raw");
  }

  test.each([
    ["chevrotain", /^syntax\//],
    ["zod", /^(cli|compare|compile|define|diagnostics|explain)\//],
    ["leven", /^diagnostics\//],
    ["tldts", /^origin\//],
    ["diff", /^cli\//],
    ["node:", /^(cli|disk|watch)\//],
  ])("%s is imported only where it belongs", (name, place) => {
    const users = imports.filter(({ from }) => from.startsWith(name)).map(({ file }) => file);
    expect(users.filter((file) => !place.test(file))).toEqual([]);
  });

  test("the text of other files is only put into modules that stand alone, and into the starter", () => {
    const users = imports.filter(({ from }) => from.endsWith("?raw")).map(({ file }) => file);
    expect([...new Set(users)].sort()).toEqual(["cli/init-command.ts", "emit/standalone.ts"]);
  });

  test("nothing else is imported", () => {
    const known = /^(@corslang\/runtime|chevrotain|diff|leven|sarif$|tldts|zod|node:)/;
    expect(imports.filter((one) => isOutside(one) && !known.test(one.from))).toEqual([]);
  });
});

test("every entry of the top level has its line", () => {
  const architecture = readFileSync(join(root, "ARCHITECTURE.md"), "utf8");
  const [, table = ""] = architecture.split("## The top level");
  const listed = [...table.matchAll(/`([^`]+)`/g)].map(([, entry = ""]) => entry.replace(/\/$/, ""));
  const ignored = ["node_modules", ".git", ".tmp", ".vitest"];
  const entries = readdirSync(root).filter((entry) => !ignored.includes(entry));
  expect(entries.filter((entry) => !listed.includes(entry))).toEqual([]);
});
