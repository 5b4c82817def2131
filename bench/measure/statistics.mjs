/*
 * Medians and their intervals. Nothing is assumed of how the numbers are spread: on a machine with other work to do they
 * have a long tail to one side, for which means and standard deviations say little.
 */

/** The middle one; of an even number, what is half way between the two. */
export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * How many of the sorted numbers lie outside the interval of the median, on each side. Each number is below the true
 * median with a chance of one half, so this is a matter of coins: the most heads that are rare enough.
 */
function countOutside(count, confidence) {
  const rare = (1 - confidence) / 2;
  let chance = 0.5 ** count;
  let sum = chance;
  let outside = 0;
  while (sum <= rare) {
    outside++;
    chance *= (count - outside + 1) / outside;
    sum += chance;
  }
  return outside;
}

/**
 * A sample's median, and the interval in which the true one lies with the given confidence, from the order of the
 * numbers alone. Of fewer than six numbers it is all that was seen.
 *
 * @param {readonly number[]} numbers
 * @param {number} confidence - Above 0 and below 1.
 */
export function summarize(numbers, confidence = 0.95) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const outside = Math.max(countOutside(sorted.length, confidence), 1);
  return { median: median(sorted), low: sorted[outside - 1], high: sorted.at(-outside), rounds: sorted.length };
}

/**
 * How many times as much `of` took as `over`: round by round, as both numbers of a round are taken one after the other
 * and suffer alike from whatever else the machine does.
 */
export function summarizeRatio(of, over, confidence = 0.95) {
  return summarize(
    of.map((number, round) => number / over[round]),
    confidence,
  );
}

/** How much more `of` took than `over`, round by round as well. */
export function medianDifference(of, over) {
  return median(of.map((number, round) => number - over[round]));
}
