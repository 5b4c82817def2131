/* The compiler and its command: how they grow with a policy, and what somebody who works with them waits for. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { alternateRuns, runScript, timeCommand } from "../measure/alternate-runs.mjs";
import { timeSaves } from "../measure/watch-command.mjs";
import { createRow } from "../report/table.mjs";
import { inFolder, sourceOf, writeFiles } from "../sources.mjs";

const script = (name) => new URL(`../scripts/${name}.mjs`, import.meta.url);

const EFFORT = {
  full: { sizes: [10, 1000, 10_000, 100_000], rounds: 7, files: 500, saves: 15, commandRounds: 15 },
  quick: { sizes: [10, 1000, 10_000], rounds: 3, files: 500, saves: 3, commandRounds: 5 },
  smallest: { sizes: [10, 100], rounds: 1, files: 3, saves: 1, commandRounds: 1 },
};

/** Ten times the origins may take so many times as long and as much: what is linear, and some for the noise. */
const MOST_OF_TEN = 12;

const describeSize = (count) => `${new Intl.NumberFormat("en").format(count)} origins`;

/** Time and memory of the sizes, each in processes of its own. */
async function measureGrowth(root, { sizes, rounds }) {
  const memory = new Map(sizes.map((size) => [size, []]));
  const subjects = sizes.map((size) => [
    describeSize(size),
    () => {
      const result = runScript(script("compile-time"), [String(size), root]);
      memory.get(size).push(result.memory);
      return result.milliseconds;
    },
  ]);
  const times = await alternateRuns(Object.fromEntries(subjects), rounds);
  const [last, before] = sizes.toReversed();
  const time = sizes.map((size) => {
    const isLast = size === last && last === 10 * before;
    const samples = {
      compile: times[describeSize(size)],
      ...(isLast ? { "a tenth": times[describeSize(before)] } : {}),
    };
    const targets = isLast ? [{ of: "compile", over: "a tenth", most: MOST_OF_TEN }] : [];
    return createRow(describeSize(size), samples, "compile", targets);
  });
  // In sizes of the source it stays the same.
  const large = sizes.filter((size) => size >= 10_000);
  const peaks = large.map((size) => {
    const isLast = size === last && large.length > 1;
    const samples = { compile: memory.get(size), ...(isLast ? { "a tenth": memory.get(before) } : {}) };
    const targets = isLast ? [{ of: "compile", over: "a tenth", most: MOST_OF_TEN / 10 }] : [];
    return createRow(describeSize(size), samples, "compile", targets);
  });
  return [
    { title: "Compiler: time", unit: "ms", base: "compile", rows: time },
    ...(peaks.length > 0
      ? [{ title: "Compiler: peak of memory", unit: "sizes of the source", base: "compile", rows: peaks }]
      : []),
  ];
}

/** The compiler's schema, which is no export of the package, as a module. */
async function buildSchema(root, folder) {
  const outfile = join(folder, "schema.mjs");
  await build({
    entryPoints: [`${root}/packages/dsl/src/compile/schema.ts`],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    logLevel: "silent",
  });
  return pathToFileURL(outfile).href;
}

async function measureAgainstValidation(root, { sizes, rounds }, folder) {
  const count = String(Math.min(10_000, sizes.at(-1)));
  const schema = await buildSchema(root, folder);
  const base = "JSON.parse and zod";
  const samples = await alternateRuns(
    {
      [base]: () => runScript(script("validate-time"), [count, schema]),
      compile: () => runScript(script("compile-time"), [count, root]).milliseconds,
    },
    rounds,
  );
  const row = createRow(describeSize(Number(count)), samples, base, [{ of: "compile", over: base, most: 15 }]);
  return { title: "Compiler: beside reading the compiled policy as checked JSON", unit: "ms", base, rows: [row] };
}

async function measureCommand(command, { commandRounds, files }, folder) {
  const small = writeFiles(folder, { "small.cors": sourceOf(3) })["small.cors"];
  const many = join(folder, "many");
  mkdirSync(many);
  for (let file = 0; file < files; file++) writeFileSync(join(many, `policy-${file}.cors`), sourceOf(3 + (file % 20)));
  const base = "node -e 0";
  const samples = await alternateRuns(
    {
      [base]: () => timeCommand(["-e", "0"]),
      small: () => timeCommand([command, "check", small]),
      many: () => timeCommand([command, "check", many]),
    },
    commandRounds,
  );
  const rowOf = (name, times, targets) => createRow(name, { [base]: samples[base], corslang: times }, base, targets);
  return {
    title: "Command: `cors-compile check`",
    unit: "ms",
    base,
    rows: [
      rowOf("one small policy", samples.small, [{ of: "corslang", over: base, more: 150 }]),
      rowOf(`a folder of ${files} policies`, samples.many, []),
    ],
  };
}

async function measureWatch(command, { saves }, folder) {
  const times = await timeSaves(command, join(folder, "watched.cors"), sourceOf(10), saves);
  const row = createRow("10 origins", { "save to module": times }, "save to module");
  return { title: "Command: `cors-compile --watch`", unit: "ms", base: "save to module", rows: [row] };
}

export async function measureCompiler({ effort, root, say }) {
  const plan = EFFORT[effort];
  const tree = root.replace(/\/$/, "");
  const command = `${tree}/packages/dsl/bin/cors-compile.mjs`;
  say("growth");
  const growth = await measureGrowth(tree, plan);
  return inFolder(async (folder) => {
    say("beside JSON and zod");
    const validation = await measureAgainstValidation(tree, plan, folder);
    say("the command");
    const check = await measureCommand(command, plan, folder);
    say("saves");
    return [...growth, validation, check, await measureWatch(command, plan, folder)];
  });
}
