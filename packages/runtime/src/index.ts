export {
  type CorsRequest,
  type Decision,
  type Denial,
  type DenialReason,
  HEADER,
  type Header,
  type Outcome,
} from "./decision.js";
export { createMatcher, type Matcher } from "./matcher.js";
export { originOf } from "./origin.js";
export {
  type AnonymousPolicy,
  type CompiledPolicy,
  type CredentialedPolicy,
  POLICY_VERSION,
} from "./policy.js";
export { createPolicyRef, type PolicyRef } from "./policy-ref.js";
export { refuseUnless } from "./refuse.js";
export { mergeVary } from "./vary.js";
