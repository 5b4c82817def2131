/*
 * Writes schemas/: JSON Schemas of what the compiler prints, for editors, other languages and their validators. They are
 * generated from the zod schemas; a test fails when they are not what this makes of them. Needs a Node that strips
 * types, as the workspace's own does.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { registerHooks } from "node:module";
import * as z from "zod";
import { root, run } from "./run.mjs";

// The sources import each other by the names that they are built to.
registerHooks({
  resolve(specifier, context, next) {
    const isSource = specifier.startsWith(".") && context.parentURL?.endsWith(".ts");
    return next(isSource ? specifier.replace(/\.js$/, ".ts") : specifier, context);
  },
});

const { compiledPolicySchema } = await import("../packages/dsl/src/compile/schema.ts");
const { reportSchema } = await import("../packages/dsl/src/diagnostics/report-schema.ts");
const { comparisonSchema } = await import("../packages/dsl/src/compare/report-schema.ts");
const { explanationSchema } = await import("../packages/dsl/src/explain/report-schema.ts");

const BASE = "https://raw.githubusercontent.com/corslang/corslang/main/schemas/";

const policies = z.record(z.string(), compiledPolicySchema);

/** What is published, by file name. */
const SCHEMAS = {
  "report.schema.json": {
    title: "Report of cors-compile",
    description: "What `cors-compile check --format json` prints.",
    schema: reportSchema,
  },
  "comparison.schema.json": {
    title: "Comparison of cors-compile",
    description: "What `cors-compile diff --format json` prints.",
    schema: comparisonSchema,
  },
  "explanation.schema.json": {
    title: "Explanation of cors-compile",
    description: "What `cors-compile explain --format json` prints.",
    schema: explanationSchema,
  },
  "compiled-policy.schema.json": {
    title: "Compiled CORS policy",
    description: "A policy as `createMatcher` of @corslang/runtime takes it.",
    schema: compiledPolicySchema,
  },
  "compiled-policies.schema.json": {
    title: "Compiled CORS policies",
    description: "What `cors-compile --emit json` writes: an object from the policies' names to their data.",
    schema: policies,
  },
  "compiled-profiles.schema.json": {
    title: "Compiled CORS policies of several profiles",
    description: "What `cors-compile --emit json --profiles …` writes: an object from profiles to objects of policies.",
    schema: z.record(z.string(), policies),
  },
};

/** What the files of schemas/ hold, by name. */
export function generateSchemas() {
  return Object.fromEntries(
    Object.entries(SCHEMAS).map(([file, { title, description, schema }]) => {
      const { $schema, ...rest } = z.toJSONSchema(schema, {
        target: "draft-2020-12",
        // What is read is described, not what a parser of it gives back: objects stay open where zod's are.
        io: "input",
        // Of TypeScript alone; in JSON Schema it would say that a server ignores what a client sends.
        override: ({ jsonSchema }) => {
          delete jsonSchema.readOnly;
        },
      });
      return [file, { $schema, $id: `${BASE}${file}`, title, description, ...rest }];
    }),
  );
}

if (process.argv[1] === import.meta.filename) {
  mkdirSync(`${root}schemas`, { recursive: true });
  for (const [file, schema] of Object.entries(generateSchemas())) {
    writeFileSync(`${root}schemas/${file}`, `${JSON.stringify(schema, null, 2)}\n`);
  }
  run("biome", ["format", "--write", "schemas"]);
}
