import * as z from "zod";
import { NONE, STAR } from "../syntax/vocabulary.js";
import { quote } from "./quote.js";
import { findWordProblem } from "./word.js";

/** A text by itself is mostly the one item of a list, or has all of them, as a variable of the environment does. */
function advise(value: unknown): string {
  if (typeof value !== "string" || value.length >= 100) return "";
  const items = value.split(/[\s,]+/).filter((item) => item !== "");
  const isWritable = items.length > 0 && items.every((item) => findWordProblem(item) === null);
  return isWritable ? `; write \`[${items.map(quote).join(", ")}]\`` : "";
}

/** A list, or one of the words that stand for one; which comes out as a list of that word. */
function listOf<Item extends z.ZodType>(member: string, what: string, item: Item) {
  const list = z.array(item, {
    error: ({ input }) => `\`${member}\` is a list of ${what}, \`"*"\` or \`"none"\`${advise(input)}`,
  });
  return z.preprocess((value) => (value === STAR || value === NONE ? [value] : value), list).optional();
}

const isOrigin = { error: "an origin is a text, or `{ unsafe: … }` with a text in it and nothing else" };
const origin = z.union([z.string(), z.strictObject({ unsafe: z.string() }, isOrigin)], isOrigin);
const method = z.string({ error: "a method is a text" });
const header = z.string({ error: "the name of a header is a text" });

/**
 * The structure of a definition, and nothing else: what its texts say is checked by the language's own rules. All
 * members are optional here, since the language says what is missing.
 */
export const definitionSchema = z.strictObject(
  {
    name: z.string({ error: "`name` is a text" }).optional(),
    origins: listOf("origins", "origins", origin),
    methods: listOf("methods", "methods", method),
    headers: listOf("headers", "names", header),
    expose: listOf("expose", "names", header),
    credentials: z.boolean({ error: "`credentials` is `true` or `false`" }).optional(),
    maxAge: z
      .union([z.number(), z.string()], { error: '`maxAge` is a number of seconds, or a duration such as `"10m"`' })
      .optional(),
  },
  { error: "a policy is defined by an object, such as `{ origins: […], credentials: true }`" },
);

/** A definition whose members are what they should be; what they say is not checked yet. */
export type ShapedDefinition = z.output<typeof definitionSchema>;

/** The members, in the order in which people write them. */
export const MEMBERS: readonly string[] = Object.keys(definitionSchema.shape);
