/**
 * How a generated module comes by the runtime: what stands around its policies.
 *
 * A policy can be named as anything that is a name in the language, which has no `$`. So where more is in the module
 * than an import, no policy is bound under its own name, and each is only exported under it: a policy `URL` would
 * otherwise stand in for the `URL` that the runtime uses.
 */
export interface Linking {
  /** Makes `createMatcher` known; before the policies. */
  readonly moduleStart: string;
  readonly moduleEnd: string;
  /** Makes the type `Matcher` known in the declarations. */
  readonly typesStart: string;
  readonly typesEnd: string;
  readonly bindsPoliciesByName: boolean;
}

/** The runtime is a package of the program. */
export const IMPORTED: Linking = {
  moduleStart: 'import { createMatcher } from "@corslang/runtime";\n',
  moduleEnd: "",
  typesStart: 'import type { Matcher } from "@corslang/runtime";\n',
  typesEnd: "",
  bindsPoliciesByName: true,
};
