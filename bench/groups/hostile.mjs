/*
 * What an attacker can make a preflight cost: the worst Access-Control-Request-Headers that a search finds, and values
 * of many kilobytes, which reach a server that has raised `maxHeaderSize`. Beside a preflight that fails plainly.
 */
import { alternate } from "../measure/alternate.mjs";
import { startWorker } from "../measure/start-worker.mjs";
import { HEADERS } from "../policies.mjs";
import { createRow } from "../report/table.mjs";

const MODULE = new URL("../subjects/hostile.mjs", import.meta.url);

const PLAIN = "failed preflight";
const HOSTILE = "hostile preflight";

const EFFORT = {
  full: { tries: 1000, searches: 3, processes: 4, rounds: 6, amount: 40 },
  quick: { tries: 300, searches: 1, processes: 1, rounds: 5, amount: 6 },
  smallest: { tries: 3, searches: 1, processes: 1, rounds: 1, amount: 1 },
};

/** Values of so many kilobytes. */
function listLongValues(kilobytes) {
  const fill = (text) => `${text.repeat(Math.ceil((kilobytes * 1024) / text.length))}x`;
  return {
    [`${kilobytes} kB of commas`]: fill(","),
    [`${kilobytes} kB of spaces`]: fill(" "),
    [`${kilobytes} kB of one name`]: fill("a"),
    [`${kilobytes} kB of the policy's names`]: fill(`${HEADERS.join(",")},`),
  };
}

/** In a process of its own each time: what is slow in one may have been compiled otherwise in the next. */
async function search(root, tries, seed) {
  const worker = await startWorker(MODULE, { value: "x", root });
  try {
    await worker.call("warmUp");
    return await worker.call("search", tries, seed);
  } finally {
    worker.stop();
  }
}

async function findWorst(root, tries, searches) {
  const guess = await search(root, 0, 0);
  const values = { [`what a person would try, ${guess.length} characters`]: guess };
  for (let seed = 1; seed <= searches; seed++) {
    const value = await search(root, tries, seed);
    values[`search ${seed}, ${value.length} characters`] = value;
  }
  return values;
}

export async function measureHostile({ effort, root, say }) {
  const { tries, searches, ...plan } = EFFORT[effort];
  say("the search");
  const values = {
    ...(await findWorst(root, tries, searches)),
    ...(effort === "smallest" ? {} : { ...listLongValues(16), ...listLongValues(64) }),
  };
  const rows = [];
  for (const [name, value] of Object.entries(values)) {
    say(name);
    const samples = await alternate({
      module: MODULE,
      subjects: { [PLAIN]: { value: "authorization,content-type,x-stranger", root }, [HOSTILE]: { value, root } },
      kinds: ["preflight"],
      ...plan,
      check: async (workers) => {
        for (const worker of workers.values()) await worker.call("check");
      },
    });
    rows.push(createRow(name, samples.preflight, PLAIN, [{ of: HOSTILE, over: PLAIN, most: 3 }]));
  }
  return [{ title: "Hostile preflights", unit: "ns", base: PLAIN, rows }];
}
