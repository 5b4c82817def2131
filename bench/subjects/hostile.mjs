/* A preflight that fails; and the search for a value of Access-Control-Request-Headers with which that takes long. */
import { BATCH, timeBatches } from "../measure/batches.mjs";
import { createRandom } from "../measure/fresh-strings.mjs";
import { loadRuntime } from "../ours.mjs";
import { compiledPolicy, HEADERS, listOrigins } from "../policies.mjs";
import { createRequestSource, HOSTILE_HEADERS } from "../requests.mjs";

const LONGEST = Math.max(...HEADERS.map(({ length }) => length));

/** Of a value that is longer than what the policy's bounds allow, the rest is not read: a search would find nothing there. */
const MOST_CHARACTERS = (2 * HEADERS.length + 16) * (LONGEST + 2);

/** What a value is put together of. */
const PIECES = [
  ",",
  " ",
  "\t",
  "x",
  ...HEADERS,
  ...HEADERS.map((name) => name.toUpperCase()),
  // Nearly a name of the policy: of its length, or different only at its end.
  ...HEADERS.map((name) => `${name.slice(0, -1)}!`),
  "x".repeat(LONGEST),
  "X".repeat(LONGEST),
];

/** Where the search begins: what a person would try. */
const SEEDS = [
  ["authorization", ",", "x"],
  HOSTILE_HEADERS.split(/(,)/),
  ...HEADERS.map((name) => [...Array.from({ length: 22 }, () => [name.toUpperCase(), ","]).flat(), "x"]),
  [...Array.from({ length: 5 }, () => HEADERS.flatMap((name) => [name.toUpperCase(), ","])).flat(), "x"],
];

function mutate(pieces, random) {
  const mutated = [...pieces];
  const at = random(mutated.length + 1);
  const some = Array.from({ length: 1 + random(4) }, () => PIECES[random(PIECES.length)]);
  switch (random(4)) {
    case 0:
      mutated.splice(at, 0, ...some, ",");
      break;
    case 1:
      mutated.splice(at, 1 + random(3));
      break;
    case 2:
      mutated.splice(at, some.length, ...some);
      break;
    default:
      mutated.splice(at, 0, ...mutated.slice(0, 1 + random(mutated.length)));
  }
  return mutated;
}

/** The least that anybody does who looks at a value: reads each of its characters once. */
function readOnce(requests) {
  let commas = 0;
  for (let request = 0; request < requests.length; request++) {
    const { requestHeaders } = requests[request];
    for (let index = 0; index < requestHeaders.length; index++) {
      if (requestHeaders.charCodeAt(index) === 44) commas++;
    }
  }
  return commas;
}

/**
 * @param {object} options
 * @param {boolean} [options.readsOnly] - Nothing is decided.
 * @param {object} options.facts - What the preflight has that a plain one has not; see `createRequestSource`.
 * @param {string} options.root - The tree that has our packages.
 */
export async function create({ readsOnly = false, facts, root }) {
  const { createMatcher } = await loadRuntime(root);
  const list = listOrigins("exact", 10);
  const { decide } = createMatcher(compiledPolicy(list.origins));

  function prepareFor(some) {
    const next = createRequestSource("failed preflight", list, some);
    return () => Array.from({ length: BATCH }, next);
  }

  function work(requests) {
    let failed = 0;
    for (let index = 0; index < requests.length; index++) {
      if (decide(requests[index]).outcome === "preflight-failed") failed++;
    }
    return failed;
  }

  const timed = readsOnly ? readOnce : work;
  return {
    /**
     * Changes a value at random, and keeps what takes longer and still fails.
     *
     * @param {number} tries - None: the worst of those where it begins.
     * @param {number} seed - Of what is called random.
     */
    async search(tries, seed) {
      const random = createRandom(seed);
      const prepareOf = (pieces) => prepareFor({ requestHeaders: pieces.join("") });
      const timeOf = (pieces, batches) => timeBatches(prepareOf(pieces), work, batches);
      const fails = (pieces) => pieces.join("").length < MOST_CHARACTERS && work(prepareOf(pieces)()) === BATCH;
      const found = SEEDS.filter(fails);
      const slowest = async () => {
        const times = [];
        for (const pieces of found) times.push(await timeOf(pieces, 20));
        return times.indexOf(Math.max(...times));
      };
      found.push(...found.splice(await slowest(), 1));
      for (let attempt = 0; attempt < tries; attempt++) {
        const best = found.at(-1);
        const pieces = mutate(best, random);
        // Both now, and the new one twice: what was slow by chance is not kept.
        if (fails(pieces) && (await timeOf(pieces, 3)) > (await timeOf(best, 3))) {
          if ((await timeOf(pieces, 9)) > (await timeOf(best, 9))) found.push(pieces);
        }
      }
      return found[await slowest()].join("");
    },
    check() {
      if (!readsOnly && work(prepareFor(facts)()) !== BATCH)
        throw new Error(`passes: ${JSON.stringify(facts).slice(0, 100)}`);
    },
    warmUp() {
      for (let batch = 0; batch < 200; batch++) timed(prepareFor(facts)());
    },
    measure: (_kind, batches) => timeBatches(prepareFor(facts), timed, batches),
  };
}
