import * as z from "zod";
import { edit, placeSchema, related } from "../diagnostics/report-schema.js";
import type { JsonExplanation } from "./json.js";

/*
 * The JSON of `explain` for readers of other languages; only the schemas that are published and the tests use this file.
 */

const remark = {
  message: z.string().meta({ description: "One sentence. Its wording may change." }),
  place: placeSchema.nullable(),
  trail: z
    .array(related)
    .readonly()
    .meta({ description: "The way from the policy to that place, through `extends` and sets." }),
};

const profile = z.string().nullable();

/** The structure of what `explain --format json` prints. */
export const explanationSchema = z
  .object({
    version: z.literal(1).meta({ description: "Says how to read the rest. Members may be added within a version." }),
    tool: z.object({ name: z.literal("corslang"), version: z.string() }).readonly(),
    policy: z.string(),
    profile: profile.meta({ description: "The profile that is asked about; null for none." }),
    request: z
      .object({
        origin: z.string(),
        method: z.string().meta({ description: "As it is sent." }),
        headers: z
          .array(z.object({ name: z.string(), value: z.string().nullable() }).readonly())
          .readonly()
          .meta({ description: "Those that the script sets; a value is null where only the name is known." }),
        credentials: z.boolean(),
      })
      .readonly(),
    allowed: z.boolean().meta({ description: "Whether the page gets the answer, with all headers that it reads." }),
    outcome: z.enum(["refused", "preflight-failed", "blocked", "readable"]).meta({
      description: "What the browser does: blocked is a request that is sent, whose answer the page does not get.",
    }),
    verdict: z.string(),
    // No list of reasons: a later release has more of them.
    reason: z.string().nullable().meta({ description: "A stable code; null where it is allowed." }),
    steps: z
      .array(
        z
          .object({ step: z.string(), result: z.enum(["note", "pass", "fail"]), ...remark })
          .readonly()
          .meta({ id: "Step", title: "One thing that the browser looks at" }),
      )
      .readonly()
      .meta({ description: "In the order in which the browser goes, up to the one that fails." }),
    readableHeaders: z
      .union([z.literal("*"), z.array(z.string()).readonly()])
      .meta({ description: "The names of headers that the page can read, in lower case; * for all but Set-Cookie." }),
    hints: z
      .array(z.object(remark).readonly())
      .readonly()
      .meta({ description: "What comes near to what is in the way." }),
    notes: z.array(z.object(remark).readonly()).readonly(),
    change: z
      .object({
        titles: z.array(z.string()).readonly(),
        profile: profile.meta({ description: "The profile for which it is allowed then." }),
        edits: z.array(edit).readonly().meta({ description: "In the order of the text, without overlap." }),
        warnings: z
          .array(z.string())
          .readonly()
          .meta({ description: "What the compiler warns of then, and did not before." }),
      })
      .readonly()
      .nullable()
      .meta({ description: "What to write so that it is allowed: tried, so that it compiles and does." }),
    refusedChange: z.string().nullable().meta({ description: "Why what would have to be written does not compile." }),
  })
  .readonly() satisfies z.ZodType<JsonExplanation>;
