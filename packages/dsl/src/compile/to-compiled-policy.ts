import { type CompiledPolicy, POLICY_VERSION } from "@corslang/runtime";
import type { CheckedPolicy } from "../check/checked-policy.js";
import { printOriginPattern } from "../origin/pattern.js";

/** Makes the data that the runtime decides by. Lists keep the order of the file. */
export function toCompiledPolicy(policy: CheckedPolicy): CompiledPolicy {
  const { name, origins, methods, headers, expose, credentials, maxAge } = policy;
  const compiled = {
    version: POLICY_VERSION,
    name,
    origins: origins === "*" ? origins : origins.map(({ pattern }) => printOriginPattern(pattern)),
    methods,
    headers: headers === "*" ? headers : headers.map((header) => header.toLowerCase()),
    expose,
    credentials,
    maxAge,
  };
  // The cast holds: a checked policy has no `*` with credentials, which is all that the union adds.
  return compiled as CompiledPolicy;
}
