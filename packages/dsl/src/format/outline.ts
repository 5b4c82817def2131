import type { FileNode, SettingNode } from "../syntax/ast.js";
import { isSettingName } from "../syntax/vocabulary.js";
import { lineStartOf } from "../text/source-file.js";
import type { Span } from "../text/span.js";

/** What the layout has to know of a file's tree, by offsets into its text. */
export interface Outline {
  /** Where a setting or claim begins whose values are put into a column with those around it. */
  readonly rows: ReadonlySet<number>;
  /** Each `+=`, by the beginning of the word that it is in: it may touch the key and the first item. */
  readonly appends: ReadonlyMap<number, Span>;
  /** What is left as it is, by its beginning: the paths of imports, and settings that there are none of. */
  readonly verbatim: ReadonlyMap<number, Span>;
  /** Where policies, sets, expectations and `when`s begin. */
  readonly declarations: ReadonlySet<number>;
  /** Where they end. */
  readonly declarationEnds: ReadonlySet<number>;
  /** Where the lines begin that acceptances are about. */
  readonly acceptedLines: ReadonlySet<number>;
}

function settingsOf({ settings, whens, policies }: FileNode): SettingNode[] {
  const bodies = [{ settings, whens }, ...policies];
  return bodies.flatMap((body) => [...body.settings, ...body.whens.flatMap((when) => when.settings)]);
}

/** Finds the `+=` of a setting with the word that it is in, where writing it by itself changes nothing. */
function findAppend({ key, appends }: SettingNode, text: string): readonly [number, Span] | null {
  // `origins +=#x` has the item `#x`; behind a space it would be a comment.
  if (!appends || text.startsWith("#", appends.end)) return null;
  return [appends.start === key.span.end ? key.span.start : appends.start, appends];
}

/** Reads off a tree what the layout has to know. */
export function outlineOf(tree: FileNode): Outline {
  const { text } = tree.file;
  const settings = settingsOf(tree);
  const claims = tree.expectations.flatMap((expectation) => expectation.claims);
  const whens = [...tree.whens, ...tree.policies.flatMap((policy) => policy.whens)];
  const declarations = [...tree.sets, ...tree.policies, ...tree.expectations, ...whens];
  const rows = [...settings.filter(({ appends }) => !appends), ...claims];
  const paths = tree.imports.flatMap(({ path }) => path ?? []);
  // The parser does not look at what stands behind a word that it does not know. And `policy+=x` is such a setting, but
  // `policy += x` would be the head of a policy.
  const unknown = settings.filter(({ key }) => !isSettingName(key.text));
  return {
    rows: new Set(rows.map(({ span }) => span.start)),
    appends: new Map(settings.map((setting) => findAppend(setting, text)).filter((append) => append !== null)),
    verbatim: new Map([...paths, ...unknown].map(({ span }) => [span.start, span])),
    declarations: new Set(declarations.map(({ span }) => span.start)),
    declarationEnds: new Set(declarations.map(({ span }) => span.end)),
    acceptedLines: new Set(tree.acceptances.flatMap(({ line }) => (line ? [lineStartOf(text, line.start)] : []))),
  };
}
