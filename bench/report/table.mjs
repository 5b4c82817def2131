/*
 * What every group gives: tables of plain data, which are printed, kept as JSON, and become pages. A row has one base,
 * in its unit, and everything else as a ratio to it.
 */
import { BY_HAND, OURS } from "../frameworks/subject-names.mjs";
import { median, medianDifference, summarize, summarizeRatio } from "../measure/statistics.mjs";

/**
 * What one adds to `beyond`, over what the other does. The other adds a hundredth at least, whatever the noise says: less
 * can't be told from nothing, over which everything is infinitely much.
 */
function ratioBeyond(of, over, beyond) {
  const floor = median(beyond);
  return (median(of) - floor) / Math.max(median(over) - floor, floor / 100);
}

const FEWEST_ROUNDS = 30;

/**
 * A target, and whether it is met.
 *
 * @param {object} target
 * @param {string} target.of - The subject.
 * @param {string} target.over - The one that it is compared with.
 * @param {number} [target.most] - At most so many times as much.
 * @param {number} [target.least] - At least so many times as much.
 * @param {boolean} [target.lowerBound] - Judged by the lower end of the interval, where there are rounds enough for one:
 *   the lowest of a few would meet anything.
 * @param {number} [target.more] - At most so much more, in the table's unit.
 * @param {string} [target.beyond] - Judged by what either adds to this subject, of which both consist for the most part.
 */
function judgeOne({ of, over, most, least, more, lowerBound = false, beyond }, samples) {
  if (more !== undefined) {
    const value = medianDifference(samples[of], samples[over]);
    return { of, over, more, value, met: value <= more };
  }
  const ratio = summarizeRatio(samples[of], samples[over]);
  const inAll = lowerBound && ratio.rounds >= FEWEST_ROUNDS ? ratio.low : ratio.median;
  const value = beyond === undefined ? inAll : ratioBeyond(samples[of], samples[over], samples[beyond]);
  return {
    of,
    over,
    ...(beyond === undefined ? {} : { beyond }),
    ...(most === undefined ? { least } : { most }),
    value,
    met: most === undefined ? value >= least : value <= most,
  };
}

/**
 * A target, and where ours misses it also what the code by hand has in our place: where that misses it as well, it is out
 * of reach, whatever ours does.
 *
 * @param {object} target - See {@link judgeOne}.
 * @param {string} [target.standIn] - Which code by hand does as much as ours.
 */
function judge({ standIn = BY_HAND, ...target }, samples) {
  const { of, over } = target;
  const judged = judgeOne(target, samples);
  const isAboutOurs = [of, over].includes(OURS) && ![of, over].includes(standIn);
  if (judged.met || !isAboutOurs || !samples[standIn]) return judged;
  const inOurPlace = (subject) => (subject === OURS ? standIn : subject);
  const { value, met } = judgeOne({ ...target, of: inOurPlace(of), over: inOurPlace(over) }, samples);
  return { ...judged, byHand: { subject: standIn, value, met } };
}

/**
 * Makes a row of samples.
 *
 * @param {string} name
 * @param {Record<string, readonly number[]>} samples - Of each subject, a number for each round.
 * @param {string} base - The subject to which the others are compared.
 * @param {readonly object[]} targets - See {@link judgeOne}.
 */
export function createRow(name, samples, base, targets = []) {
  const others = Object.entries(samples).filter(([subject]) => subject !== base);
  return {
    name,
    base: summarize(samples[base]),
    ratios: Object.fromEntries(others.map(([subject, numbers]) => [subject, summarizeRatio(numbers, samples[base])])),
    targets: targets.filter(({ of, over }) => samples[of] && samples[over]).map((target) => judge(target, samples)),
  };
}
