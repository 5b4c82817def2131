/* What a policy costs beside its requests: memory, bytes, and the time until it is there. */
import { pathToFileURL } from "node:url";
import { measureSizes, sizeOf } from "../../scripts/size.mjs";
import { alternateRuns, runScript, timeCommand } from "../measure/alternate-runs.mjs";
import { compiledPolicy, listOrigins, packageOptions } from "../policies.mjs";
import { createRow } from "../report/table.mjs";
import { inFolder, sourceOf, writeFiles } from "../sources.mjs";

const script = (name) => new URL(`../scripts/${name}.mjs`, import.meta.url);

const BENCH = new URL("..", import.meta.url).pathname;

const EFFORT = {
  full: { memory: [1000, 10_000, 100_000], memoryRounds: 5, rounds: 15, origins: 10_000 },
  quick: { memory: [10_000], memoryRounds: 3, rounds: 5, origins: 10_000 },
  smallest: { memory: [1000], memoryRounds: 1, rounds: 1, origins: 100 },
};

/** The rivals' packages, by what takes the place of which adapter of ours. */
const RIVALS = { express: "cors", fastify: "@fastify/cors", koa: "@koa/cors", hono: "hono/cors" };

async function measureMemory(root, { memory, memoryRounds }) {
  const rows = [];
  for (const count of memory) {
    const subjects = ["corslang", "cors", "Set"].map((subject) => [
      subject,
      () => runScript(script("keep-origins"), [subject, String(count), root], ["--expose-gc"]),
    ]);
    const samples = await alternateRuns(Object.fromEntries(subjects), memoryRounds);
    rows.push(createRow(`${new Intl.NumberFormat("en").format(count)} origins`, samples, "Set"));
  }
  return { title: "Memory that a policy keeps, of each origin", unit: "bytes", base: "Set", rows };
}

async function measureBytes() {
  const rows = [];
  for (const { what, bytes, limit } of await measureSizes()) {
    const rival = RIVALS[/and (\w+) adapter/.exec(what)?.[1]];
    const samples = { corslang: [bytes] };
    if (rival) samples[rival] = [await sizeOf(`export * from ${JSON.stringify(rival)};`, BENCH)];
    const row = createRow(what, samples, "corslang");
    rows.push({
      ...row,
      targets: [{ of: "corslang", over: "nothing", most: limit, value: bytes, met: bytes <= limit }],
    });
  }
  return { title: "Bytes of a bundle, minified and compressed by gzip", unit: "bytes", base: "corslang", rows };
}

async function measureImports(root, { rounds }) {
  const ours = (adapter) => [
    `file://${root}/packages/runtime/dist/index.js`,
    `file://${root}/packages/adapters/dist/${adapter}.js`,
  ];
  const rows = [];
  for (const [adapter, rival] of Object.entries(RIVALS)) {
    const run = (urls) => () => runScript(script("import-time"), urls);
    const samples = await alternateRuns(
      { rival: run([import.meta.resolve(rival)]), corslang: run(ours(adapter)) },
      rounds,
    );
    rows.push(createRow(`${adapter}: ${rival}`, samples, "rival"));
  }
  return { title: "Time to import, ours with its runtime", unit: "ms", base: "rival", rows };
}

async function measureColdStart(root, { rounds, origins: count }, folder) {
  const { origins } = listOrigins("exact", count);
  const paths = writeFiles(folder, {
    "api.cors": sourceOf(count),
    "api.json": JSON.stringify(compiledPolicy(origins)),
    "rival.json": JSON.stringify(packageOptions(origins)),
  });
  timeCommand([`${root}/packages/dsl/bin/cors-compile.mjs`, paths["api.cors"]]);
  const run =
    (...args) =>
    () =>
      runScript(script("cold-start"), [...args, root]);
  const samples = await alternateRuns(
    {
      "compiled module": run("module", pathToFileURL(`${paths["api.cors"]}.mjs`).href),
      "compiled JSON": run("json", paths["api.json"]),
      "compiling the file": run("source", paths["api.cors"]),
      "cors, list from JSON": run("rival", paths["rival.json"]),
    },
    rounds,
  );
  const name = `${new Intl.NumberFormat("en").format(count)} origins`;
  const row = createRow(name, samples, "compiled module");
  return { title: "From nothing to the first decision", unit: "ms", base: "compiled module", rows: [row] };
}

export async function measureFootprint({ effort, root, say }) {
  const plan = EFFORT[effort];
  const tree = root.replace(/\/$/, "");
  say("memory");
  const memory = await measureMemory(tree, plan);
  say("bytes");
  const bytes = await measureBytes();
  say("imports");
  const imports = await measureImports(tree, plan);
  say("cold start");
  const coldStart = await inFolder((folder) => measureColdStart(tree, plan, folder));
  return [memory, bytes, imports, coldStart];
}
