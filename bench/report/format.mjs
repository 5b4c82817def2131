/* Numbers and targets as text. */

/** With three digits or so: more would be noise. */
export function formatNumber(number) {
  const size = Math.abs(number);
  const digits = size >= 100 || Number.isInteger(number) ? 0 : size >= 10 ? 1 : 2;
  return new Intl.NumberFormat("en", { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(number);
}

/** A median, and how far apart the ends of its interval are. */
export function formatSummary({ median, low, high, rounds }) {
  return rounds === 1 || low === high
    ? formatNumber(median)
    : `${formatNumber(median)} (${formatNumber(low)} – ${formatNumber(high)})`;
}

/** A target in a few signs. */
export function formatTarget({ of, over, beyond, most, least, more, value, met }, unit) {
  const subject = beyond === undefined ? over : `${over}, both beyond ${beyond}`;
  const text =
    more !== undefined
      ? `${of} ≤ ${over} + ${more} ${unit}: + ${formatNumber(value)}`
      : over === "nothing"
        ? `${of} ≤ ${formatNumber(most)} ${unit}`
        : `${of} ${most === undefined ? `≥ ${least}` : `≤ ${most}`} × ${subject}: ${formatNumber(value)}`;
  return `${text} ${met ? "met" : "NOT MET"}`;
}

/** The cells of a table: its header, then its rows. */
export function toCells({ unit, base, rows }) {
  const subjects = [...new Set(rows.flatMap(({ ratios }) => Object.keys(ratios)))];
  const hasTargets = rows.some(({ targets }) => targets.length > 0);
  const header = [
    "",
    `${base}, ${unit}`,
    ...subjects.map((subject) => `${subject}, ×`),
    ...(hasTargets ? ["target"] : []),
  ];
  const body = rows.map((row) => [
    row.name,
    formatSummary(row.base),
    ...subjects.map((subject) => (row.ratios[subject] ? formatSummary(row.ratios[subject]) : "")),
    ...(hasTargets ? [row.targets.map((target) => formatTarget(target, unit)).join("; ")] : []),
  ]);
  return [header, ...body];
}

/** All targets of tables. */
export function listTargets(tables) {
  return tables.flatMap(({ title, unit, rows }) =>
    rows.flatMap(({ name, targets }) => targets.map((target) => ({ title, row: name, unit, target }))),
  );
}
