/*
 * The whole middleware within its framework, from the request's object to the written head, without a network: what a
 * framework and CORS cost together, which is what a user has.
 */
import { listUnseen } from "../answers.mjs";
import { FRAMEWORKS, listSubjects, rivalOf } from "../frameworks/index.mjs";
import { BY_HAND, CHECKED_BY_HAND, NO_CORS, OURS } from "../frameworks/subject-names.mjs";
import { alternate } from "../measure/alternate.mjs";
import { createRow } from "../report/table.mjs";
import { KIND_NAMES } from "../requests.mjs";
import { compareSubjects } from "./compare-subjects.mjs";

export const MODULE = new URL("../subjects/middleware.mjs", import.meta.url);

const EFFORT = {
  full: { counts: [1, 10, 10_000], starts: 12, rounds: 3, amount: 8 },
  quick: { counts: [10, 10_000], starts: 1, rounds: 9, amount: 2 },
  smallest: { counts: [10], starts: 1, rounds: 1, amount: 1 },
};

/** In a short run long lists are measured where the rivals go through them, and no more. */
const KINDS_OF_LONG_LISTS = ["allowed", "denied"];

/**
 * What ours may cost: of what the floor costs, and of what the rival does.
 *
 * @param {string | null} rival
 */
function targetsOf(kind, count, rival) {
  const targets = [];
  if (kind === "passed preflight") targets.push({ of: OURS, over: BY_HAND, most: 1, standIn: CHECKED_BY_HAND });
  if (kind === "allowed") targets.push({ of: OURS, over: BY_HAND, most: 1.2 });
  if (rival === null) return targets;
  targets.push({ of: rival, over: OURS, least: 1 });
  // Of what the framework itself takes no middleware can spare anything.
  if (kind === "denied") targets.push({ of: rival, over: OURS, beyond: NO_CORS, least: count === 10_000 ? 50 : 2 });
  if (kind === "allowed" && count === 10_000) targets.push({ of: rival, over: OURS, beyond: NO_CORS, least: 50 });
  return targets;
}

export async function measureMiddleware({ effort, root, say, differences }) {
  const { counts, ...plan } = EFFORT[effort];
  const frameworks = effort === "smallest" ? FRAMEWORKS.slice(0, 1) : FRAMEWORKS;
  const tables = [];
  for (const framework of frameworks) {
    const rival = await rivalOf(framework);
    const rows = [];
    for (const count of counts) {
      say(`${framework}, ${count} origins`);
      const names = await listSubjects(framework, root);
      const subjects = Object.fromEntries(names.map((subject) => [subject, { framework, subject, count, root }]));
      const check = (workers) =>
        compareSubjects(workers, KIND_NAMES, (worker, kind) => worker.call("answer", kind), differences);
      const kinds = effort === "quick" && count === 10_000 ? KINDS_OF_LONG_LISTS : KIND_NAMES;
      const samples = await alternate({ module: MODULE, subjects, kinds, ...plan, check });
      for (const kind of kinds) {
        const name = `${kind}, ${new Intl.NumberFormat("en").format(count)} origin${count === 1 ? "" : "s"}`;
        rows.push(createRow(name, samples[kind], BY_HAND, targetsOf(kind, count, rival)));
      }
    }
    tables.push({ title: `Middleware: ${framework}`, unit: "ns", base: BY_HAND, rows });
  }
  const unseen = effort === "smallest" ? [] : listUnseen(differences);
  if (unseen.length > 0) throw new Error(`these no longer differ from ours:\n${unseen.join("\n")}`);
  return tables;
}
