export { type CompileResult, compile, type Policy } from "./compile.js";
export type { Diagnostic, Edit, Fix, Related } from "./diagnostics/diagnostic.js";
export type { Code } from "./diagnostics/messages.js";
export type { Span } from "./text/span.js";
