import * as z from "zod";
import type { JsonComparison } from "./json-comparison.js";

/*
 * The JSON report of a comparison for readers of other languages. Only the schemas that are published and the tests use
 * this file; the report is written without zod. Objects are open: readers have to pass over members that a later
 * release adds.
 */

const profiles = z.array(z.string().nullable()).readonly().meta({ description: "`null` is no profile." });

const effect = z.enum(["newly-allowed", "no-longer-allowed"]);

const place = z
  .object({ file: z.string(), line: z.int().min(1).meta({ description: "From 1." }) })
  .readonly()
  .meta({ id: "Line", title: "Where something is written, in the new version or the old" });

const origins = z
  .object({
    pattern: z.string().meta({ description: "As the language writes it; `*` is every origin." }),
    except: z.array(z.string()).readonly().meta({ description: "Patterns that are not meant." }),
    example: z.string().meta({ description: "One of these origins." }),
    place: place.nullable().meta({ description: "Where the pattern is written, if that is what has changed." }),
  })
  .readonly()
  .meta({ id: "Origins", title: "A pattern of origins without its exceptions" });

const names = z
  .object({
    kind: z.enum(["these", "all-but"]),
    names: z.array(z.string()).readonly().meta({ description: "Methods as written, headers in lower case." }),
  })
  .readonly()
  .meta({ id: "Names", title: "Some methods or headers, or all but some" });

const seconds = z
  .int()
  .min(0)
  .meta({ description: "How long a browser remembers a preflight; 5 where nothing is said." });

const grant = z
  .object({
    methods: names.meta({ description: "Beside GET, HEAD and POST." }),
    requestHeaders: names,
    responseHeaders: names.meta({ description: "Beside those that every page may read." }),
    credentials: z.boolean(),
    preflightSeconds: seconds,
  })
  .readonly()
  .meta({ id: "Grant", title: "What a page of an allowed origin can do" });

const verdict = z
  .discriminatedUnion("outcome", [
    z.object({ outcome: z.literal("not-sent") }).readonly(),
    z.object({ outcome: z.literal("blocked") }).readonly(),
    z
      .object({
        outcome: z.literal("readable"),
        readsHeader: z.boolean().nullable().meta({ description: "Whether the page gets the header that it reads." }),
        preflightSeconds: seconds.nullable().meta({ description: "`null` where there is no preflight." }),
      })
      .readonly(),
  ])
  .meta({
    id: "Verdict",
    title: "What comes of a request: its preflight fails, or the page does not get the answer, or it does",
  });

const example = z
  .object({
    request: z
      .object({
        origin: z.string(),
        method: z.string(),
        headers: z.array(z.string()).readonly(),
        credentials: z.boolean(),
        uploadListener: z.boolean(),
        reads: z.string().nullable().meta({ description: "The header of the answer that the page reads." }),
      })
      .readonly(),
    before: verdict,
    after: verdict,
  })
  .readonly()
  .meta({ id: "Example", title: "A request with another verdict than before" });

const base = {
  profiles,
  origins: z.array(origins).readonly().meta({ description: "The origins that it is about." }),
  places: z.array(place).readonly(),
  example,
};

const change = z
  .discriminatedUnion("kind", [
    z.object({ kind: z.literal("origins"), effect, ...base, grant }).readonly(),
    z.object({ kind: z.enum(["methods", "requestHeaders", "responseHeaders"]), effect, ...base, names }).readonly(),
    z.object({ kind: z.literal("credentials"), effect, ...base }).readonly(),
    z.object({ kind: z.literal("preflightSeconds"), ...base, before: seconds, after: seconds }).readonly(),
  ])
  .meta({ id: "Change", title: "A difference between two versions of a policy" });

const policyName = z.object({ file: z.string(), name: z.string() }).readonly().nullable();

const policy = z
  .object({
    status: z.enum(["added", "removed", "changed", "unchanged"]),
    before: policyName,
    after: policyName,
    profiles: profiles.meta({ description: "What has been compared; `null` is no profile." }),
    changes: z.array(change).readonly(),
    unchanged: z
      .array(z.enum(["origins", "methods", "requestHeaders", "responseHeaders", "credentials", "preflightSeconds"]))
      .readonly(),
  })
  .readonly()
  .meta({ id: "PolicyComparison", title: "What has become of a policy" });

/** The structure of what `cors-compile diff --format json` prints. */
export const comparisonSchema = z
  .object({
    version: z.literal(1).meta({ description: "Says how to read the rest. Members may be added within a version." }),
    tool: z.object({ name: z.literal("corslang"), version: z.string() }).readonly(),
    widened: z.boolean().meta({ description: "Whether anything is newly allowed." }),
    changed: z.boolean().meta({ description: "Whether there is any change." }),
    policies: z.array(policy).readonly(),
  })
  .readonly() satisfies z.ZodType<JsonComparison>;
