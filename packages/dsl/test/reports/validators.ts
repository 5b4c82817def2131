import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AnySchemaObject, ErrorObject, ValidateFunction } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import Ajv04 from "ajv-draft-04";
import addFormats from "ajv-formats";

/** Says what is wrong with data; nothing when it fits. */
export type Validator = (data: unknown) => readonly ErrorObject[];

function toValidator(validate: ValidateFunction): Validator {
  return (data) => (validate(data) ? [] : (validate.errors ?? []));
}

function readSchema(url: string | URL): AnySchemaObject {
  return JSON.parse(readFileSync(url, "utf8"));
}

/** The schema that is published as this file of schemas/. */
export function readPublishedSchema(file: string): AnySchemaObject {
  return readSchema(new URL(`../../../../schemas/${file}`, import.meta.url));
}

/** Validates by a file of schemas/. */
export function createPublishedValidator(file: string): Validator {
  const ajv = new Ajv2020({ allErrors: true, strict: true });
  addFormats.default(ajv);
  return toValidator(ajv.compile(readPublishedSchema(file)));
}

/**
 * Validates by the schema of SARIF 2.1.0, as Microsoft's jest matcher for SARIF ships it (MIT): revision rtm.5, which
 * schemastore.org publishes, in the form of JSON Schema's draft 4.
 */
export function createSarifValidator(): Validator {
  // A pattern of its (for `language`) has a bracket too many, which only an expression without `u` allows.
  const ajv = new Ajv04.default({ allErrors: true, strict: false, unicodeRegExp: false });
  addFormats.default(ajv);
  const path = createRequire(import.meta.url).resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
  return toValidator(ajv.compile(readSchema(path)));
}
