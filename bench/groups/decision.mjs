/*
 * The decision alone, `matcher.decide`, beside a bare `Set.has` of the same fresh string in a Set of the same size: the
 * least that any program does that knows its origins.
 */
import { alternate } from "../measure/alternate.mjs";
import { startWorker } from "../measure/start-worker.mjs";
import { summarize } from "../measure/statistics.mjs";
import { createRow } from "../report/table.mjs";
import { KIND_NAMES } from "../requests.mjs";

export const MODULE = new URL("../subjects/decision.mjs", import.meta.url);

const EXACT = [1, 4, 10, 100, 1000, 10_000, 100_000];
const SUBDOMAINS = [1, 10, 100, 1000];

const SHAPES = [
  ...EXACT.map((count) => ({ shape: "exact", count })),
  ...SUBDOMAINS.map((count) => ({ shape: "subdomains", count })),
  { shape: "partial", count: 1 },
  { shape: "ports", count: 1 },
];

/** The shapes of a short run: the ends of each row, and what lies between them. */
function isInShortRun({ shape, count }) {
  return shape === "exact" ? [1, 10, 10_000].includes(count) : shape === "subdomains" ? count !== 10 : true;
}

const EFFORT = {
  full: { starts: 12, rounds: 3, amount: 60 },
  quick: { starts: 3, rounds: 3, amount: 24 },
  smallest: { starts: 1, rounds: 1, amount: 1 },
};

/** The shapes of a run. */
export function chooseShapes(effort) {
  if (effort === "smallest") return SHAPES.slice(0, 1);
  return effort === "quick" ? SHAPES.filter(isInShortRun) : SHAPES;
}

export function describeShape({ shape, count }) {
  const list = new Intl.NumberFormat("en").format(count);
  switch (shape) {
    case "exact":
      return count === 1 ? "1 origin" : `${list} origins`;
    case "subdomains":
      return count === 1 ? "1 pattern https://*.…" : `${list} patterns https://*.…`;
    case "partial":
      return "https://preview-*.example.dev";
    default:
      return "http://localhost:*";
  }
}

/** What an allowed origin may cost, in look-ups. */
function targetsOf(kind, { shape, count }) {
  if (kind !== "allowed") return [];
  const limits = { exact: count <= 4 ? 0.6 : 1.2, subdomains: count === 1000 ? 3 : 1.5 };
  const most = limits[shape];
  return most === undefined ? [] : [{ of: "corslang", over: "Set.has", most }];
}

/** The bytes that a decision allocates, by kind. */
async function countAllocations(root, shape) {
  const worker = await startWorker(MODULE, { subject: "corslang", ...shape, root });
  try {
    await worker.call("warmUp", KIND_NAMES);
    const bytes = {};
    for (const kind of KIND_NAMES) bytes[kind] = await worker.call("bytes", kind, 40);
    return bytes;
  } finally {
    worker.stop();
  }
}

/** Of each kind, the most that it allocates with any list of origins. */
function allocationTable(allocations) {
  const rows = KIND_NAMES.map((kind) => {
    const value = Math.max(...allocations.map((bytes) => Math.round(bytes[kind])));
    const target = { of: "corslang", over: "nothing", most: 0, value, met: value === 0 };
    // What a hostile one allocates is bounded by the policy; that it is little is all that is wanted.
    const targets = kind === "hostile preflight" ? [] : [target];
    return { name: kind, base: summarize([value]), ratios: {}, targets };
  });
  return { title: "Allocated by a decision", unit: "bytes", base: "corslang", rows };
}

/**
 * @param {object} run
 * @param {"full" | "quick" | "smallest"} run.effort
 * @param {string} run.root
 */
export async function measureDecision({ effort, root, say }) {
  const rows = new Map(KIND_NAMES.map((kind) => [kind, []]));
  const allocations = [];
  for (const shape of chooseShapes(effort)) {
    say(describeShape(shape));
    const subjects = {
      "Set.has": { subject: "Set.has", ...shape, root },
      corslang: { subject: "corslang", ...shape, root },
    };
    const samples = await alternate({
      module: MODULE,
      subjects,
      kinds: KIND_NAMES,
      ...EFFORT[effort],
      check: async (workers) => {
        for (const worker of workers.values()) for (const kind of KIND_NAMES) await worker.call("check", kind);
      },
    });
    for (const kind of KIND_NAMES) {
      rows.get(kind).push(createRow(describeShape(shape), samples[kind], "Set.has", targetsOf(kind, shape)));
    }
    if (shape.count === 10 || shape.shape !== "exact" || effort === "smallest") {
      allocations.push(await countAllocations(root, shape));
    }
  }
  return [
    ...KIND_NAMES.map((kind) => ({ title: `Decision: ${kind}`, unit: "ns", base: "Set.has", rows: rows.get(kind) })),
    allocationTable(allocations),
  ];
}
