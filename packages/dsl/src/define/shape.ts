import type * as z from "zod";
import { findNearest } from "../diagnostics/did-you-mean.js";
import type { Code } from "../diagnostics/messages.js";
import { suggestSetting } from "../syntax/setting-name.js";
import { type Path, type Problem, printPath } from "./problem.js";
import { quote } from "./quote.js";
import { definitionSchema, MEMBERS, type ShapedDefinition } from "./schema.js";
import { takeSnapshot } from "./snapshot.js";

/** A definition in which everything has the right type, and what had not. */
export interface Shape {
  /** What is wrong is left out: of a list, it has become an empty text, so that the other items keep their places. */
  readonly shaped: ShapedDefinition;
  readonly problems: readonly Problem[];
  readonly isWrong: (path: Path) => boolean;
  /** Whether a member is a list, and not a word that stands for one. */
  readonly isList: (member: string) => boolean;
}

const NOTHING = takeSnapshot({});

function createProblem(code: Code, path: Path, message: string): Problem {
  return { code, path, message, fix: null };
}

/** `max-age` is `maxAge` in an object. */
function toMember(setting: string): string {
  return setting.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The member that an unknown one was probably meant to be. */
export function suggestMember(member: string): string | null {
  const setting = suggestSetting(member);
  return setting === null ? findNearest(member, MEMBERS) : toMember(setting);
}

function sayUnknownMember(member: string): string {
  const meant = suggestMember(member);
  const advice = meant === null ? `it has ${MEMBERS.join(", ")}` : `did you mean \`${meant}\`?`;
  return `a policy has no member ${quote(member)}; ${advice}`;
}

/** The path of an issue; what is wrong inside of an item is told of the item. */
function pathOf({ path }: z.core.$ZodIssue): Path {
  const [member, index] = path;
  if (member === undefined) return [];
  return typeof index === "number" ? [String(member), index] : [String(member)];
}

function toProblems(issue: z.core.$ZodIssue): Problem[] {
  if (issue.code === "unrecognized_keys" && issue.path.length === 0) {
    return issue.keys.map((key) => createProblem("unknown-setting", [key], sayUnknownMember(key)));
  }
  return [createProblem("invalid-value", pathOf(issue), issue.message)];
}

function memberOf(snapshot: unknown, member: string): unknown {
  return typeof snapshot === "object" && snapshot !== null ? Reflect.get(snapshot, member) : undefined;
}

function findProblems(snapshot: unknown): Problem[] {
  if (typeof memberOf(snapshot, "decide") === "function") {
    const message = "this is a policy that has been made, and what it was made of is not known; pass the definition";
    return [createProblem("invalid-value", [], message)];
  }
  return definitionSchema.safeParse(snapshot).error?.issues.flatMap(toProblems) ?? [];
}

function withoutWrong(snapshot: unknown, isWrong: Shape["isWrong"]): unknown {
  if (typeof snapshot !== "object" || snapshot === null || isWrong([])) return NOTHING;
  const right = Object.entries(snapshot)
    .filter(([member]) => !isWrong([member]))
    .map(([member, value]) => {
      const withoutItem = (item: unknown, index: number) => (isWrong([member, index]) ? "" : item);
      return [member, Array.isArray(value) ? value.map(withoutItem) : value];
    });
  // Once more without a prototype.
  return takeSnapshot(Object.fromEntries(right));
}

/** Checks how a definition is built. It never throws, whatever it is given. */
export function readShape(input: unknown): Shape {
  let snapshot = NOTHING;
  let problems: readonly Problem[];
  try {
    snapshot = takeSnapshot(input);
    problems = findProblems(snapshot);
  } catch {
    // The schema reads a copy of plain data: what throws is the caller's own getter or proxy.
    const message = "a getter or proxy in this throws; write an object of plain values";
    problems = [createProblem("invalid-value", [], message)];
  }
  const wrong = new Set(problems.map(({ path }) => printPath(path)));
  const isWrong = (path: Path) => wrong.has(printPath(path));
  // Zod's result has a prototype, and what is added to that must not count as a member.
  const shaped: ShapedDefinition = Object.assign(
    Object.create(null),
    definitionSchema.parse(withoutWrong(snapshot, isWrong)),
  );
  return { shaped, problems, isWrong, isList: (member) => Array.isArray(memberOf(snapshot, member)) };
}
