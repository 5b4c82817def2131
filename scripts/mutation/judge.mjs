/*
 * Reads a report of Stryker's. A mutant counts as killed when a test fails, when the tests come to no end, or when a file
 * of them can't even be loaded: the last is called an error, and nobody could overlook it.
 */
const KILLED = ["Killed", "Timeout", "RuntimeError"];

/**
 * @typedef {object} Equivalent - A mutant that no test can find, by its place in the source rather than by numbers of
 *   lines, which change with every edit above.
 * @property {string} file
 * @property {string} line - The line of the source, without the blanks around it.
 * @property {string} code - What is mutated.
 * @property {readonly string[]} mutations - What stands there instead.
 * @property {string} reason
 */

function describeMutant({ location: { start, end }, replacement }, source) {
  const line = source.split("\n")[start.line - 1];
  return {
    number: start.line,
    line: line.trim(),
    code: line.slice(start.column - 1, start.line === end.line ? end.column - 1 : undefined),
    replacement,
  };
}

/**
 * Compares a report with the list of equivalents.
 *
 * @param {{ files: Record<string, { source: string, mutants: readonly object[] }> }} report
 * @param {readonly Equivalent[]} equivalents
 * @param {number} leastKilled - In percent of the mutants that are no equivalents.
 */
export function judge(report, equivalents, leastKilled) {
  const mutants = Object.entries(report.files).flatMap(([file, { source, mutants }]) =>
    mutants.map((mutant) => ({ file, status: mutant.status, ...describeMutant(mutant, source) })),
  );
  const listed = equivalents.flatMap(({ mutations, ...place }) =>
    mutations.map((replacement) => ({ ...place, replacement })),
  );
  const isSame = (one, other) =>
    ["file", "line", "code", "replacement"].every((member) => one[member] === other[member]);
  const notKilled = mutants.filter(({ status }) => !KILLED.includes(status));
  const survivors = notKilled.filter((mutant) => !listed.some((one) => isSame(one, mutant)));
  const stale = listed.filter((one) => !notKilled.some((mutant) => isSame(one, mutant)));

  const equivalent = notKilled.length - survivors.length;
  const killed = mutants.length - notKilled.length;
  const share = killed / (mutants.length - equivalent);
  return {
    mutants: mutants.length,
    killed,
    survivors: survivors.map(({ file, number, code, replacement }) => `${file}:${number}: ${code} → ${replacement}`),
    equivalent,
    stale: stale.map(({ file, code, replacement, line }) => `${file}: ${code} → ${replacement}, in ${line}`),
    // Rounded down: 100 is all of them.
    percent: Math.floor(share * 1000) / 10,
    isGood: mutants.length > 0 && share * 100 >= leastKilled && stale.length === 0,
  };
}
