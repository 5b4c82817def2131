import { compareAnswers } from "../answers.mjs";
import { BY_HAND, NO_CORS, OURS } from "../frameworks/subject-names.mjs";

/**
 * Compares what the subjects of a framework answer with what ours does; where a tree has no adapter, with the floor.
 *
 * @param {ReadonlyMap<string, any>} workers - By subject.
 * @param {readonly string[]} kinds
 * @param {(worker: any, kind: string) => Promise<Record<string, string>>} answerOf
 * @param {object[]} differences - Gets the differences by design that are seen.
 */
export async function compareSubjects(workers, kinds, answerOf, differences) {
  for (const kind of kinds) {
    const answers = new Map();
    for (const [subject, worker] of workers) {
      if (subject !== NO_CORS) answers.set(subject, await answerOf(worker, kind));
    }
    const expected = answers.get(OURS) ?? answers.get(BY_HAND);
    differences.push(...compareAnswers(kind, answers, expected));
  }
}

/**
 * Gathers who answers otherwise for one reason.
 *
 * @returns {{ subjects: string[], kinds: string[], why: string }[]}
 */
export function summarizeDifferences(differences) {
  const byReason = new Map();
  for (const { subject, kind, why } of differences) {
    const one = byReason.get(why) ?? { subjects: new Set(), kinds: new Set(), why };
    one.subjects.add(subject);
    one.kinds.add(kind);
    byReason.set(why, one);
  }
  return [...byReason.values()].map(({ subjects, kinds, why }) => ({
    subjects: [...subjects],
    kinds: [...kinds],
    why,
  }));
}
