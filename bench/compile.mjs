/*
 * How the compiler's time and memory grow with a policy: 10 000 and 100 000 origins, each in processes of its own,
 * alternating. Prints medians, and the two ratios that say whether it is linear.
 */
import { spawnSync } from "node:child_process";
import { compile } from "@corslang/dsl";

const ROUNDS = 5;
const SIZES = [10_000, 100_000];

function sourceOf(origins) {
  const items = Array.from({ length: origins }, (_, index) => `  https://tenant-${index}.apps.example.com\n`);
  return `origins [\n${items.join("")}]\ncredentials true\n`;
}

/** In a process of its own: milliseconds for one compile after a small one, and the peak of memory that it adds. */
function measure(origins) {
  const text = sourceOf(origins);
  compile("origins *\n");
  const before = process.resourceUsage().maxRSS * 1024;
  const start = performance.now();
  const { policies } = compile(text);
  const milliseconds = performance.now() - start;
  if (policies[0]?.compiled.origins.length !== origins) throw new Error("the policy did not compile");
  return { milliseconds, inputs: (process.resourceUsage().maxRSS * 1024 - before) / text.length };
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

if (process.argv[2]) {
  console.log(JSON.stringify(measure(Number(process.argv[2]))));
} else {
  const rounds = new Map(SIZES.map((size) => [size, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const size of SIZES) {
      const { stdout } = spawnSync(process.execPath, [import.meta.filename, String(size)], { encoding: "utf8" });
      rounds.get(size).push(JSON.parse(stdout));
    }
  }
  const medians = SIZES.map((size) => {
    const time = median(rounds.get(size).map(({ milliseconds }) => milliseconds));
    const memory = median(rounds.get(size).map(({ inputs }) => inputs));
    console.log(`${size} origins: ${time.toFixed(0)} ms, peak memory ${memory.toFixed(0)} times the source`);
    return { time, memory };
  });
  const [small, large] = medians;
  console.log(`ten times the origins take ${(large.time / small.time).toFixed(1)} times as long`);
}
