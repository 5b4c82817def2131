import { createDiagnostic, type Report, replaceFix } from "../diagnostics/diagnostic.js";
import type { FileNode, PolicyNode, SettingNode, Word } from "../syntax/ast.js";
import { isSettingName, type SettingName } from "../syntax/vocabulary.js";
import { findReservation, toIdentifier } from "./identifier.js";
import type { ResolvedPolicy } from "./resolved-policy.js";
import { suggestSetting } from "./setting-name.js";

/** The name of the policy that the settings at the top level form. */
export const DEFAULT_POLICY = "default";

/** The setting that a key names. An unknown one is reported, and read as what it was probably meant to be. */
function resolveKey({ text, span }: Word, report: Report): SettingName | null {
  if (isSettingName(text)) return text;
  const suggestion = suggestSetting(text);
  const fix = suggestion === null ? null : replaceFix(span, suggestion);
  report(createDiagnostic("unknown-setting", span, { name: text, suggestion }, { fix }));
  return suggestion;
}

function resolveSettings(nodes: readonly SettingNode[], report: Report): Pick<ResolvedPolicy, "settings" | "damaged"> {
  const settings: Partial<Record<SettingName, SettingNode>> = {};
  let damaged = false;
  for (const node of nodes) {
    const name = resolveKey(node.key, report);
    const first = name && settings[name];
    if (name === null) {
      damaged = true;
    } else if (first) {
      const related = [{ span: first.span, message: "it is first set here" }];
      report(createDiagnostic("duplicate-setting", node.key.span, { name }, { related }));
    } else {
      settings[name] = node;
    }
  }
  return { settings, damaged };
}

/** Reports a name that can't be one, or that another policy has already, as it is or as JavaScript sees it. */
function checkName({ text, span }: Word, taken: Map<string, Word>, report: Report): void {
  const reason = findReservation(text);
  if (reason !== null) {
    report(createDiagnostic("reserved-name", span, { name: text, reason }));
    return;
  }
  const identifier = toIdentifier(text);
  const other = taken.get(identifier);
  if (!other) {
    taken.set(identifier, { text, span });
    return;
  }
  const related = [{ span: other.span, message: "it is first taken here" }];
  if (other.text === text) {
    report(createDiagnostic("duplicate-name", span, { name: text }, { related }));
  } else {
    const same = `in JavaScript it is \`${identifier}\`, and so is \`${other.text}\``;
    report(createDiagnostic("reserved-name", span, { name: text, reason: same }, { related }));
  }
}

function resolvePolicy(node: PolicyNode, report: Report): ResolvedPolicy {
  const { settings, damaged } = resolveSettings(node.settings, report);
  return {
    name: node.name?.text ?? "",
    span: node.name?.span ?? node.span,
    documentation: node.documentation,
    settings,
    damaged: damaged || node.damaged,
  };
}

/** Resolves the policies of a file: the top-level one first, if there is one, then the others in their order. */
export function resolve(file: FileNode, report: Report): readonly ResolvedPolicy[] {
  const policies: ResolvedPolicy[] = [];
  const [first] = file.settings;
  const hasPolicy = first !== undefined || file.policies.length > 0 || file.damaged;
  if (first || !hasPolicy) {
    const { settings, damaged } = resolveSettings(file.settings, report);
    policies.push({
      name: DEFAULT_POLICY,
      span: first?.key.span ?? { start: 0, end: 0 },
      documentation: [],
      settings,
      damaged: damaged || file.damaged,
    });
  }
  const taken = new Map<string, Word>();
  for (const node of file.policies) {
    if (node.name) checkName(node.name, taken, report);
    policies.push(resolvePolicy(node, report));
  }
  return policies;
}
