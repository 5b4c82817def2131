export {
  type CompiledFile,
  type CompileOptions,
  type CompileResult,
  type CompileTextResult,
  check,
  compile,
  compileFiles,
  type Policy,
} from "./compile.js";
export { definePolicy, toCors } from "./define/define-policy.js";
export type {
  AnonymousDefinition,
  CredentialedDefinition,
  PolicyDefinition,
  UnsafeOrigin,
} from "./define/definition.js";
export { type DefinitionDiagnostic, type DefinitionFix, PolicyError } from "./define/policy-error.js";
export type { Diagnostic, Fix, Related } from "./diagnostics/diagnostic.js";
export type { Code, Severity } from "./diagnostics/messages.js";
export { type FormatResult, format } from "./format/format.js";
export { createMemoryHost, type Host } from "./program/host.js";
export type { Edit } from "./text/edit.js";
export type { SourceFile } from "./text/source-file.js";
export type { Span } from "./text/span.js";
