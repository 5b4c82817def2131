import type { CheckedPolicy } from "../../src/check/checked-policy.js";
import { checkFiles } from "../../src/compile.js";
import { createMemoryHost } from "../../src/program/host.js";

/** Checks a text that has one policy without errors. */
export function checkText(text: string): CheckedPolicy {
  const path = "policy.cors";
  const { files, diagnostics } = checkFiles([path], createMemoryHost({ [path]: text }));
  const [policy] = files[0]?.checkedFor(null) ?? [];
  if (!policy) throw new Error(`${diagnostics.map(({ message }) => message).join("\n")}\n${text}`);
  return policy;
}
