import { createCoverTest } from "./cover-test.js";
import { createPartIndex } from "./part-index.js";
import { coversPattern, intersectPatterns } from "./pattern-intersection.js";
import { findFreeValue } from "./pattern-search.js";
import { printSetPattern, type SetPattern } from "./set-pattern.js";

/** What a pattern stands for without what its exceptions stand for. Never empty. */
export interface Part {
  readonly pattern: SetPattern;
  /** Each has something in common with the pattern; none covers the pattern, or another. */
  readonly except: readonly SetPattern[];
  /** A value of it, as `findFreeValue` chooses. */
  readonly example: string;
}

/** An exception, cut to the pattern where that is one pattern again: nobody need know what else it stands for. */
function narrow(exception: SetPattern, pattern: SetPattern): readonly SetPattern[] {
  const common = intersectPatterns(pattern, exception);
  return common.length > 1 ? [exception] : common;
}

function byText(patterns: readonly SetPattern[]): ReadonlyMap<string, SetPattern> {
  return new Map(patterns.map((pattern) => [printSetPattern(pattern), pattern]));
}

/**
 * Makes a part; `null` when the exceptions leave nothing of the pattern. Those that have nothing to do with it, and those
 * that others cover, are left out.
 */
export function createPart(pattern: SetPattern, exceptions: readonly SetPattern[]): Part | null {
  const narrowed = [...byText(exceptions.flatMap((exception) => narrow(exception, pattern))).values()];
  const example = findFreeValue(pattern, narrowed);
  if (example === null) return null;
  if (narrowed.length < 2) return { pattern, except: narrowed, example };
  const { isRedundant } = createCoverTest(narrowed);
  return { pattern, except: narrowed.filter((exception) => !isRedundant(exception)), example };
}

function isPart(part: Part | null): part is Part {
  return part !== null;
}

/** What is in either of two parts of one pattern. Never empty, since neither is. */
function joinParts(one: Part, other: Part): Part {
  const exceptions = one.except.flatMap((exception) =>
    other.except.flatMap((otherException) => intersectPatterns(exception, otherException)),
  );
  return createPart(one.pattern, exceptions) ?? one;
}

/** Puts what is said of one pattern into one part, where the first of them was. */
function joinEqualPatterns(parts: readonly Part[]): readonly Part[] {
  const joined = new Map<string, Part>();
  for (const part of parts) {
    const text = printSetPattern(part.pattern);
    const known = joined.get(text);
    joined.set(text, known ? joinParts(known, part) : part);
  }
  return [...joined.values()];
}

function patternsWithoutExceptions(parts: readonly Part[]): SetPattern[] {
  return parts.flatMap(({ pattern, except }) => (except.length === 0 ? [pattern] : []));
}

/** Without the exceptions that other parts take back. */
function withoutTakenBack(parts: readonly Part[]): readonly Part[] {
  if (parts.every(({ except }) => except.length === 0)) return parts;
  const { isCovered } = createCoverTest(patternsWithoutExceptions(parts));
  const isTakenBack = (exception: SetPattern, pattern: SetPattern) =>
    intersectPatterns(pattern, exception).every(isCovered);
  return parts
    .map((part) => {
      const except = part.except.filter((exception) => !isTakenBack(exception, part.pattern));
      return except.length === part.except.length ? part : createPart(part.pattern, except);
    })
    .filter(isPart);
}

/** Without the parts of which another part has everything. */
function withoutCovered(parts: readonly Part[]): readonly Part[] {
  const { isRedundant } = createCoverTest(patternsWithoutExceptions(parts));
  const holed = createPartIndex(parts.filter(({ except }) => except.length > 0));
  const isWithin = (pattern: SetPattern, other: Part) =>
    other.pattern !== pattern &&
    coversPattern(other.pattern, pattern) &&
    other.except.every((exception) => intersectPatterns(exception, pattern).length === 0);
  return parts.filter(
    ({ pattern }) => !isRedundant(pattern) && !holed.findMeeting(pattern).some((other) => isWithin(pattern, other)),
  );
}

/** The same set in fewer words: without parts that others cover, and without exceptions that others take back. */
export function simplify(parts: readonly Part[]): readonly Part[] {
  return parts.length < 2 ? parts : withoutCovered(withoutTakenBack(joinEqualPatterns(parts)));
}
