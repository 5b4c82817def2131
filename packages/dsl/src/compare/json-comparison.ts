import { createPositions, type Positions } from "../diagnostics/positions.js";
import { TOOL_NAME } from "../diagnostics/project.js";
import type { DescribedPart } from "../origin/algebra/origin-set.js";
import type { Span } from "../text/span.js";
import type { Effect } from "./change.js";
import {
  type Aspect,
  type Comparison,
  isChanged,
  isWidened,
  type PolicyName,
  type ProfiledChange,
} from "./comparison.js";
import type { Example } from "./example.js";
import type { Grant, NamedPart } from "./grant.js";
import type { NameSet } from "./name-set.js";

/** The version of the shape. Members may be added within a version; none changes its meaning. */
export const COMPARISON_VERSION = 1;

/** Where something is written. */
export interface JsonLine {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** A pattern of origins without its exceptions. */
export interface JsonOrigins {
  readonly pattern: string;
  readonly except: readonly string[];
  /** One of these origins. */
  readonly example: string;
  /** Where the pattern is written, for origins that are newly or no longer allowed. */
  readonly place: JsonLine | null;
}

/** What all changes have. */
interface JsonChangeBase {
  /** `null` is no profile. */
  readonly profiles: readonly (string | null)[];
  /** The origins that it is about. */
  readonly origins: readonly JsonOrigins[];
  /** Where it is written. */
  readonly places: readonly JsonLine[];
  readonly example: Example;
}

/** A change of a policy. */
export type JsonChange =
  | (JsonChangeBase & { readonly kind: "origins"; readonly effect: Effect; readonly grant: Grant })
  | (JsonChangeBase & { readonly kind: NamedPart; readonly effect: Effect; readonly names: NameSet })
  | (JsonChangeBase & { readonly kind: "credentials"; readonly effect: Effect })
  | (JsonChangeBase & { readonly kind: "preflightSeconds"; readonly before: number; readonly after: number });

/** What has become of a policy. */
export interface JsonPolicyComparison {
  readonly status: "added" | "removed" | "changed" | "unchanged";
  readonly before: PolicyName | null;
  readonly after: PolicyName | null;
  /** What has been compared; `null` is no profile. */
  readonly profiles: readonly (string | null)[];
  readonly changes: readonly JsonChange[];
  readonly unchanged: readonly Aspect[];
}

/** The JSON report of a comparison. */
export interface JsonComparison {
  readonly version: typeof COMPARISON_VERSION;
  readonly tool: { readonly name: typeof TOOL_NAME; readonly version: string };
  /** Whether anything is newly allowed. */
  readonly widened: boolean;
  /** Whether there is any change. */
  readonly changed: boolean;
  readonly policies: readonly JsonPolicyComparison[];
}

function toLine({ file, start }: Span, positions: Positions): JsonLine {
  return { file: file.name, line: positions.at(file, start).line };
}

function toOrigins(part: DescribedPart, place: Span | null, positions: Positions): JsonOrigins {
  const { pattern, except, example } = part;
  return { pattern, except, example, place: place && toLine(place, positions) };
}

function toChange({ change, profiles }: ProfiledChange, positions: Positions): JsonChange {
  const { kind, example } = change;
  if (kind === "origins") {
    const { effect, grant } = change;
    const origins = change.origins.map((part) => toOrigins(part, part.place, positions));
    const places = origins.flatMap(({ place }) => place ?? []);
    return { kind, effect, profiles, grant, origins, places, example };
  }
  const origins = change.origins.map((part) => toOrigins(part, null, positions));
  const places = change.places.map((place) => toLine(place, positions));
  switch (kind) {
    case "credentials":
      return { kind, effect: change.effect, profiles, origins, places, example };
    case "preflightSeconds":
      return { kind, before: change.before, after: change.after, profiles, origins, places, example };
    default:
      return { kind, effect: change.effect, profiles, names: change.names, origins, places, example };
  }
}

/**
 * Makes the data of the JSON report. `schemas/comparison.schema.json` describes it.
 *
 * @example
 * ```ts
 * toJsonComparison(compareSides(before, after), "1.0.0").widened;
 * ```
 */
export function toJsonComparison(comparison: Comparison, toolVersion: string): JsonComparison {
  const positions = createPositions();
  return {
    version: COMPARISON_VERSION,
    tool: { name: TOOL_NAME, version: toolVersion },
    widened: isWidened(comparison),
    changed: isChanged(comparison),
    policies: comparison.policies.map(({ status, before, after, profiles, changes, unchanged }) => ({
      status,
      before,
      after,
      profiles,
      changes: changes.map((change) => toChange(change, positions)),
      unchanged,
    })),
  };
}

/**
 * Writes the JSON report of a comparison, with all of its origins and names. The same comparison gives the same text.
 *
 * @example
 * ```ts
 * process.stdout.write(printJson(compareSides(before, after), "1.0.0"));
 * ```
 */
export function printJson(comparison: Comparison, toolVersion: string): string {
  return `${JSON.stringify(toJsonComparison(comparison, toolVersion), null, 2)}\n`;
}
