import * as z from "zod";
import type { JsonReport } from "./json.js";

/*
 * The JSON report for readers of other languages. Only the schemas that are published and the tests use this file; the
 * report is written without zod. Objects are open: readers have to pass over members that a later release adds.
 */

const count = z.int().min(0);

const position = z
  .object({
    offset: count.meta({ description: "UTF-16 code units from the start of the text, a byte-order mark included." }),
    line: z.int().min(1).meta({ description: "From 1." }),
    column: z.int().min(1).meta({ description: "From 1, in UTF-16 code units." }),
  })
  .readonly()
  .meta({ id: "Position", title: "A place between two characters" });

const place = {
  file: z.string().meta({ description: "The file as it was named to the compiler, or as the import of it resolves." }),
  start: position,
  end: position,
};

/** A place by itself, for other reports. */
export const placeSchema = z.object(place).readonly().meta({ id: "Place", title: "A stretch of a file" });

/** Another place, for other reports too. */
export const related = z
  .object({ message: z.string(), ...place })
  .readonly()
  .meta({ id: "Related", title: "Another place that takes part in a problem" });

/** A replacement in a file, for other reports too. */
export const edit = z
  .object({ ...place, text: z.string().meta({ description: "What to write instead of what is there." }) })
  .readonly()
  .meta({ id: "Edit", title: "A replacement in a file" });

const fix = z
  .object({
    title: z.string().meta({ description: "What it does." }),
    safe: z.boolean().meta({ description: "Whether `check --fix` applies it; others are for a person to decide." }),
    edits: z
      .array(edit)
      .readonly()
      .meta({ description: "In the order of the text, without overlap; the places are those before any edit." }),
  })
  .readonly()
  .meta({ id: "Fix", title: "A mechanical correction" });

const diagnostic = z
  .object({
    // No list of codes: a later release has more of them.
    code: z.string().meta({ description: "Stable, and explained in docs/diagnostics.md." }),
    severity: z.enum(["error", "warning"]),
    message: z.string().meta({ description: "One sentence. Its wording may change." }),
    url: z.url().meta({ description: "Where the code is explained." }),
    ...place,
    related: z.array(related).readonly(),
    fix: fix.nullable(),
  })
  .readonly()
  .meta({ id: "Diagnostic", title: "Something that is wrong with a file" });

const summary = z
  .object({
    files: count.meta({ description: "How many files were compiled." }),
    errors: count.meta({ description: "All errors, with those that are not listed." }),
    warnings: count.meta({ description: "All warnings, with those that are not listed." }),
    omitted: count.meta({ description: "How many of these are not listed: of one file, a hundred are." }),
    problems: count.meta({ description: "How many files could not be read, or have a problem as a whole." }),
  })
  .readonly()
  .meta({ id: "Summary", title: "How much has been found" });

const problem = z
  .object({ file: z.string(), message: z.string() })
  .readonly()
  .meta({ id: "Problem", title: "A file that could not be read, or that is wrong as a whole" });

/** The structure of what `--format json` prints. */
export const reportSchema = z
  .object({
    version: z.literal(1).meta({ description: "Says how to read the rest. Members may be added within a version." }),
    tool: z.object({ name: z.literal("corslang"), version: z.string() }).readonly(),
    summary,
    diagnostics: z.array(diagnostic).readonly().meta({ description: "By file, and in the order of the text." }),
    problems: z.array(problem).readonly(),
  })
  .readonly() satisfies z.ZodType<JsonReport>;
