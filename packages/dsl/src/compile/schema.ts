import type { AnonymousPolicy, CompiledPolicy, CredentialedPolicy } from "@corslang/runtime";
import * as z from "zod";

const NAME_PATTERN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

const base = {
  version: z.literal(1),
  name: z.string(),
  maxAge: z.int().min(0).max(86400).nullable(),
};
const origins = z.array(z.string().max(326)).readonly();
const names = z.array(z.string().regex(NAME_PATTERN)).readonly();
const star = z.literal("*");

const anonymousPolicy = z
  .strictObject({
    ...base,
    credentials: z.literal(false),
    origins: z.union([star, origins]),
    methods: z.union([star, names]),
    headers: z.union([star, names]),
    expose: z.union([star, names]),
  })
  .readonly() satisfies z.ZodType<AnonymousPolicy>;

const credentialedPolicy = z
  .strictObject({ ...base, credentials: z.literal(true), origins, methods: names, headers: names, expose: names })
  .readonly() satisfies z.ZodType<CredentialedPolicy>;

/** The structure of a compiled policy, for data that comes from elsewhere. The runtime's own type says the same. */
export const compiledPolicySchema = z.union([anonymousPolicy, credentialedPolicy]) satisfies z.ZodType<CompiledPolicy>;
