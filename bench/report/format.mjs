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

/** A value beside its limit: with more digits where it would look as if it had met it. */
function formatBeside(value, limit, met) {
  const text = formatNumber(value);
  return !met && Number(text) === limit ? String(Number(value.toPrecision(4))) : text;
}

/** A target in a few signs. Where it is missed, with what the code by hand has in our place. */
export function formatTarget({ of, over, beyond, most, least, more, value, met, byHand }, unit) {
  const subject = beyond === undefined ? over : `${over}, both beyond ${beyond}`;
  const text =
    more !== undefined
      ? `${of} ≤ ${over} + ${formatNumber(more)} ${unit}: ${value < 0 ? "-" : "+"} ${formatNumber(Math.abs(value))}`
      : over === "nothing"
        ? `${of} ≤ ${formatNumber(most)} ${unit}`
        : `${of} ${most === undefined ? `≥ ${least}` : `≤ ${most}`} × ${subject}: ${formatBeside(value, most ?? least, met)}`;
  if (met) return `${text} met`;
  return `${text} NOT MET${byHand === undefined ? "" : `, ${byHand.subject} ${formatNumber(byHand.value)}`}`;
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

/** How many targets of tables there are, how many are missed, and how many of these by the code by hand as well. */
export function countTargets(tables) {
  const missed = listTargets(tables).filter(({ target }) => !target.met);
  return {
    all: listTargets(tables).length,
    missed: missed.length,
    missedByHand: missed.filter(({ target }) => target.byHand?.met === false).length,
  };
}
