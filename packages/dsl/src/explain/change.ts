import { enumerate } from "@corslang/runtime/testing";
import { type CheckedFile, type CheckResult, checkFiles } from "../compile.js";
import { isLoopback } from "../origin/loopback.js";
import { parseOriginPattern } from "../origin/parse.js";
import type { Host } from "../program/host.js";
import type { PolicyDeclaration } from "../resolve/scope.js";
import { applyEdits, type Edit } from "../text/edit.js";
import type { Explanation, Obstacle, Question } from "./explanation.js";
import { addOriginFor, addToList, setValue } from "./list-edits.js";
import type { Difference } from "./origin-miss.js";
import { itemsOf, type Subject } from "./subject.js";
import { quote } from "./wording.js";

/** For whom pages on one's own machine are let in, where no profile is spoken of. */
const DEVELOPMENT = "development";

/** What may be a stranger's: to let that in is not for a tool to propose. */
const OTHER_SITES: ReadonlySet<Difference> = new Set(["look-alike", "typo-of-site"]);

/** What is asked, and of which policy of which file. */
export interface Inquiry {
  readonly question: Question;
  readonly subject: Subject;
  readonly checked: CheckResult;
  readonly file: CheckedFile;
  readonly declaration: PolicyDeclaration;
  readonly host: Host;
}

/** One thing to write, for one or more obstacles. */
interface Proposal {
  readonly title: string;
  readonly edit: Edit;
  /** The only profile for which it has an effect; `null` where that is no matter. */
  readonly profile: string | null;
}

type ListName = "origins" | "methods" | "headers" | "expose";

function proposeItems(
  name: ListName,
  texts: readonly string[],
  beside: Edit["span"] | null,
  inquiry: Inquiry,
): Proposal {
  const { declaration, subject } = inquiry;
  const { policy, profile } = subject;
  const isInherited = itemsOf(name, policy).length > 0;
  const edit = addToList(name, texts, { declaration, profile, beside, isInherited });
  return { title: `add ${enumerate(texts.map(quote))} to \`${name}\``, edit, profile: null };
}

function isOnOwnMachine(origin: string): boolean {
  const parsed = parseOriginPattern(origin);
  return "value" in parsed && parsed.value.kind === "tuple" && isLoopback(parsed.value.host);
}

function proposeOrigin(origin: string, miss: Obstacle["miss"], inquiry: Inquiry): Proposal | null {
  const { declaration, subject } = inquiry;
  if (miss?.kind !== "differs" && miss?.kind !== "nobody" && miss?.kind !== "nothing-near") return null;
  if (miss.kind === "differs" && OTHER_SITES.has(miss.difference)) return null;
  const isOwnMachine = isOnOwnMachine(origin) && subject.profile === null;
  const only = (miss.kind === "differs" ? miss.profile : null) ?? (isOwnMachine ? DEVELOPMENT : null);
  if (only !== null) {
    const edit = addOriginFor(only, origin, declaration);
    return { title: `add ${quote(origin)} to \`origins\` for the profile ${only}`, edit, profile: only };
  }
  return proposeItems("origins", [origin], miss.kind === "differs" ? miss.item.item.span : null, inquiry);
}

/** What to write for one obstacle; `null` where nothing helps, or nothing should. Names go into one list together. */
function propose({ step, miss }: Obstacle, all: readonly Obstacle[], inquiry: Inquiry): Proposal | null {
  const { question, subject, declaration } = inquiry;
  const { page } = question;
  const written = (name: string) => page.headers.find(([other]) => other.toLowerCase() === name)?.[0] ?? name;
  switch (step.kind) {
    case "refused":
      return null;
    case "origin":
      return proposeOrigin(step.origin, miss, inquiry);
    case "credentials": {
      if (step.isStar) return null;
      const edit = setValue("credentials", "true", declaration, subject.profile);
      return { title: "set `credentials true`", edit, profile: null };
    }
    case "method":
      // Written in another way it is a method that nobody means.
      return miss === null ? proposeItems("methods", [step.method], null, inquiry) : null;
    case "header": {
      const names = all.flatMap((other) => (other.step.kind === "header" ? [written(other.step.name)] : []));
      return proposeItems("headers", names, null, inquiry);
    }
    case "read": {
      if (step.by === "forbidden") return null;
      const names = all.flatMap((other) => (other.step.kind === "read" ? [other.step.name] : []));
      return proposeItems("expose", [...new Set(names)], null, inquiry);
    }
  }
}

/** A host that has another text for one file. */
function withText(path: string, text: string, host: Host): Host {
  return { resolve: host.resolve, read: (other) => (other === path ? text : host.read(other)) };
}

/** What came of working out what to write. */
export type Proposed = Pick<Explanation, "change" | "refusedChange">;

/** There is nothing to write. */
export const NO_CHANGE: Proposed = { change: null, refusedChange: null };

/**
 * Works out what to write so that all is allowed that is asked, and tries it: what does not compile, or does not help, is
 * not proposed. It is all or nothing, as half of it would leave the page where it is.
 *
 * @param isAllowed - Whether another state of the file, for a profile, allows what is asked.
 */
export function proposeChange(
  obstacles: readonly Obstacle[],
  inquiry: Inquiry,
  isAllowed: (file: CheckedFile, profile: string | null) => boolean,
): Proposed {
  const { checked, file, subject, host } = inquiry;
  const proposals = new Map<string, Proposal>();
  for (const obstacle of obstacles) {
    const proposal = propose(obstacle, obstacles, inquiry);
    if (!proposal) return NO_CHANGE;
    proposals.set(proposal.title, proposal);
  }
  const all = [...proposals.values()];
  const edits = all.map(({ edit }) => edit).toSorted((one, other) => one.span.start - other.span.start);
  const profile = all.find((proposal) => proposal.profile !== null)?.profile ?? subject.profile;
  const text = applyEdits(file.source.text, edits);
  const { files, diagnostics } = checkFiles([file.path], withText(file.path, text, host));
  const error = diagnostics.find(({ severity }) => severity === "error");
  if (error) return { change: null, refusedChange: error.message };
  const [changed] = files;
  if (!changed || !isAllowed(changed, profile)) return NO_CHANGE;
  const known = new Set(checked.diagnostics.map(({ message }) => message));
  const warnings = diagnostics.map(({ message }) => message).filter((message) => !known.has(message));
  return { change: { titles: all.map(({ title }) => title), edits, profile, warnings }, refusedChange: null };
}
