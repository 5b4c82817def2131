import type { ProposedFix } from "../diagnostics/diagnostic.js";
import { NONE } from "../syntax/vocabulary.js";
import { before, behind } from "../text/span.js";
import type { CheckedPolicy } from "./checked-policy.js";
import { type CheckContext, reportItem } from "./context.js";

const METHODS_WITH_BODY = ["PUT", "PATCH"];

/** Adds the header behind the last one, or writes the setting above `methods`. */
function fixFor({ policy }: CheckContext): ProposedFix | null {
  const { headers, methods } = policy.settings;
  const title = "add `Content-Type` to `headers`";
  const last = headers?.items.at(-1);
  if (last) {
    const isNone = last.text === NONE;
    const edit = isNone
      ? { span: last.span, text: "Content-Type" }
      : { span: behind(last.span), text: ", Content-Type" };
    return { title, edits: [edit] };
  }
  if (!methods || methods.trail.length > 0) return null;
  const { file, start } = methods.key;
  const indent = /[ \t]*$/.exec(file.text.slice(0, start))?.[0] ?? "";
  return { title, edits: [{ span: before(methods.key), text: `headers Content-Type\n${indent}` }] };
}

/** Warns when scripts may send bodies but not say that these are JSON. */
export function checkContentType(headers: CheckedPolicy["headers"], context: CheckContext): void {
  if (headers === "*" || headers.some((name) => name.toLowerCase() === "content-type")) return;
  const item = context.policy.settings.methods?.items.find(({ text }) => METHODS_WITH_BODY.includes(text));
  if (item) reportItem(context, "content-type-missing", item, { method: item.text }, { fix: fixFor(context) });
}
