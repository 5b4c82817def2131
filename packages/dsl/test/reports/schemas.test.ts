import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { generateSchemas } from "../../../../scripts/schemas.mjs";
import { compile } from "../../src/compile.js";
import { emitJson, emitProfilesJson } from "../../src/emit/json.js";
import { createPublishedValidator, readPublishedSchema } from "./validators.js";

const POLICIES = [
  "origins *\n",
  "origins *\nmethods *\nheaders *, Authorization\nexpose *\nmax-age none\n",
  "origins https://app.example.com, https://*.example.org\ncredentials true\nmethods PUT, PATCH\nheaders Content-Type\n",
  "origins none\n\npolicy public {\n  origins *\n}\n",
].map((source) => ({ source }));

const generated = generateSchemas();

describe("schemas/ is what its zod schemas say; run `pnpm run schemas`", () => {
  test("no file too many", () => {
    expect(readdirSync(new URL("../../../../schemas/", import.meta.url)).sort()).toEqual(Object.keys(generated).sort());
  });

  test.each(Object.keys(generated))("%s", (file) => {
    expect(readPublishedSchema(file)).toEqual(generated[file]);
  });
});

describe("what the compiler emits fits the published schemas", () => {
  const validatePolicy = createPublishedValidator("compiled-policy.schema.json");
  const validatePolicies = createPublishedValidator("compiled-policies.schema.json");
  const validateProfiles = createPublishedValidator("compiled-profiles.schema.json");

  test.each(POLICIES)("$source", ({ source }) => {
    const { policies } = compile(source);
    expect(policies.length).toBeGreaterThan(0);
    for (const { compiled } of policies) expect(validatePolicy(compiled)).toEqual([]);
    expect(validatePolicies(JSON.parse(emitJson(policies)))).toEqual([]);
    expect(validateProfiles(JSON.parse(emitProfilesJson([{ profile: "staging", policies }])))).toEqual([]);
  });

  test("other data does not fit", () => {
    const [policy] = compile("origins https://app.example.com\ncredentials true\n").policies;
    expect(validatePolicy({ ...policy?.compiled, origins: "*" })).not.toEqual([]);
    expect(validatePolicy({ ...policy?.compiled, extra: true })).not.toEqual([]);
    expect(validatePolicies(policy?.compiled)).not.toEqual([]);
    expect(validateProfiles({ default: policy?.compiled })).not.toEqual([]);
    expect(createPublishedValidator("report.schema.json")({ version: 2 })).not.toEqual([]);
  });
});
