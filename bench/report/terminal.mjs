import { countTargets, toCells } from "./format.mjs";

/** Prints a table, everything in it as a ratio to its base. */
export function printTable(table) {
  const cells = toCells(table);
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  console.log(`\n${table.title}`);
  for (const row of cells) {
    console.log(
      `  ${row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join("  ")
        .trimEnd()}`,
    );
  }
}

/** Prints who answers otherwise, and why that is no mistake. */
export function printDifferences(differences) {
  if (differences.length === 0) return;
  console.log("\nAll answers were compared before. They differ from ours by design in this:");
  for (const { subjects, kinds, why } of differences)
    console.log(`  ${subjects.join(", ")} (${kinds.join(", ")}): ${why}`);
}

/** Prints how many targets are met. */
export function printVerdict(tables) {
  const { all, missed, missedByHand } = countTargets(tables);
  console.log(
    `\n${all - missed} of ${all} targets are met; of the others the code by hand misses ${missedByHand}, too`,
  );
}
