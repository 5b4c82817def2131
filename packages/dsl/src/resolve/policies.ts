import { createDiagnostic, type Related, type Report, replaceFix } from "../diagnostics/diagnostic.js";
import { findNearest } from "../diagnostics/did-you-mean.js";
import type { LoadedFile } from "../program/load.js";
import type { SettingNode, Word } from "../syntax/ast.js";
import { suggestSetting } from "../syntax/setting-name.js";
import { isListSetting, isSettingName, NONE, SETTING_NAMES, SETTINGS, type SettingName } from "../syntax/vocabulary.js";
import { importedFrom, type Resolution, scopeOf, takeCycle } from "./resolution.js";
import type { ResolvedPolicy, ResolvedSetting, ResolvedSettings } from "./resolved-policy.js";
import type { PolicyDeclaration } from "./scope.js";
import { expandItems } from "./sets.js";

type Settings = Partial<Record<SettingName, ResolvedSetting>>;

/** The setting that a key names. An unknown one is reported, and read as what it was probably meant to be. */
function resolveKey({ text, span }: Word, report: Report): SettingName | null {
  if (isSettingName(text)) return text;
  // A `+=` without a setting has been reported by the parser.
  if (text === "") return null;
  const suggestion = suggestSetting(text);
  const fix = suggestion === null ? null : replaceFix(span, suggestion);
  report(createDiagnostic("unknown-setting", span, { name: text, suggestion }, { fix }));
  return suggestion;
}

/** Appending to a list; what has one value can only be replaced. */
function checkAppends({ appends }: SettingNode, name: SettingName, report: Report): boolean {
  if (!appends || isListSetting(name)) return appends !== null;
  const problem = `\`${name}\` has one value, to which nothing can be added; leave the \`+=\` out to replace it`;
  const fix = { title: "remove `+=`", edits: [{ span: appends, text: "" }] };
  report(createDiagnostic("invalid-value", appends, { problem }, { fix }));
  return false;
}

function resolveSetting(
  node: SettingNode,
  name: SettingName,
  inherited: ResolvedSetting | undefined,
  file: LoadedFile,
  resolution: Resolution,
): ResolvedSetting {
  const kind = SETTINGS[name].kind === "origins" ? "origins" : "names";
  const items = expandItems(node.items, { file, kind, trail: [], stack: [] }, resolution);
  const { span, damaged, key } = node;
  if (node.items.length === 0 && !damaged && isListSetting(name)) {
    resolution.report(createDiagnostic("empty-list", key.span, { name, isSet: false }));
  }
  if (!checkAppends(node, name, resolution.report)) return { key: key.span, span, items, trail: [] };
  const none = node.items.find(({ text }) => text === NONE);
  if (none) {
    const problem = "`none` adds nothing; leave the `+=` out to list nothing";
    resolution.report(createDiagnostic("invalid-value", none.span, { problem }));
  }
  const before = (inherited?.items ?? []).filter(({ text }) => text !== NONE);
  const added = items.filter(({ text }) => text !== NONE);
  return { key: key.span, span, items: [...before, ...added], trail: [] };
}

/** Applies a block to what is set so far. Gives back whether a setting could not be read. */
function applySettings(
  nodes: readonly SettingNode[],
  settings: Settings,
  file: LoadedFile,
  resolution: Resolution,
): boolean {
  const seen = new Map<SettingName, SettingNode>();
  let damaged = false;
  for (const node of nodes) {
    const name = resolveKey(node.key, resolution.report);
    const first = name && seen.get(name);
    if (name === null) {
      damaged = true;
    } else if (first) {
      const related = [{ span: first.span, message: "it is first set here" }];
      resolution.report(createDiagnostic("duplicate-setting", node.key.span, { name }, { related }));
    } else {
      seen.set(name, node);
      settings[name] = resolveSetting(node, name, settings[name], file, resolution);
    }
  }
  return damaged;
}

/** The policy that another extends; reports when there is none. */
export function findBase(policy: PolicyDeclaration, resolution: Resolution): PolicyDeclaration | null {
  const { base, file } = policy;
  if (!base) return null;
  const scope = scopeOf(file, resolution);
  const declaration = scope.names.get(base.text);
  if (declaration?.kind === "policy") {
    resolution.onUse(declaration, file);
    return declaration;
  }
  if (declaration) {
    const problem = `\`${base.text}\` is a set, and only policies can be extended`;
    resolution.report(createDiagnostic("set-kind", base.span, { problem }));
  } else if (!scope.damaged && !scope.imported.has(base.text)) {
    const policies = [...scope.names].filter(([, { kind }]) => kind === "policy").map(([name]) => name);
    const suggestion = findNearest(base.text, policies);
    const fix = suggestion === null ? null : replaceFix(base.span, suggestion);
    resolution.report(
      createDiagnostic("unknown-name", base.span, { kind: "policy", name: base.text, suggestion }, { fix }),
    );
  }
  return null;
}

function throughExtends(settings: ResolvedSettings, step: Related): Settings {
  const inherited: Settings = {};
  for (const name of SETTING_NAMES) {
    const setting = settings[name];
    if (!setting) continue;
    const items = setting.items.map((item) => ({ ...item, trail: [step, ...item.trail] }));
    inherited[name] = { ...setting, items, trail: [step, ...setting.trail] };
  }
  return inherited;
}

interface Inherited {
  readonly settings: Settings;
  readonly damaged: boolean;
}

function inherit(
  policy: PolicyDeclaration,
  profile: string | null,
  stack: readonly PolicyDeclaration[],
  resolution: Resolution,
): Inherited {
  const base = findBase(policy, resolution);
  if (!policy.base || !base) return { settings: {}, damaged: policy.base !== null };
  const chain = [...stack, policy];
  if (chain.includes(base)) {
    const cycle = takeCycle(chain, base, resolution);
    if (cycle !== null) resolution.report(createDiagnostic("extends-cycle", policy.base.span, { cycle }));
    return { settings: {}, damaged: true };
  }
  const resolved = resolvePolicy(base, profile, resolution, chain);
  const message = `through \`extends ${policy.base.text}\`${importedFrom(base, policy.file)}`;
  const step = { span: policy.base.span, message };
  return { settings: throughExtends(resolved.settings, step), damaged: resolved.damaged };
}

/**
 * Resolves a policy for a profile, or for none: what it extends, then its own block, then those of its `when` blocks
 * that name the profile, in their order.
 */
export function resolvePolicy(
  policy: PolicyDeclaration,
  profile: string | null,
  resolution: Resolution,
  stack: readonly PolicyDeclaration[] = [],
): ResolvedPolicy {
  const { settings, damaged } = inherit(policy, profile, stack, resolution);
  const { body, file, name, span, documentation } = policy;
  let lost = applySettings(body.settings, settings, file, resolution) || damaged || body.damaged;
  for (const when of body.whens) {
    const applies = when.profiles.some(({ text }) => text === profile);
    if (applies) lost = applySettings(when.settings, settings, file, resolution) || lost;
  }
  return { name, profile, span, documentation, settings, damaged: lost };
}
