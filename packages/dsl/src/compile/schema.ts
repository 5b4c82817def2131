import type { AnonymousPolicy, CompiledPolicy, CredentialedPolicy } from "@corslang/runtime";
import * as z from "zod";

/** Tokens (RFC 9110, 5.6.2) but for `*`, which as one name of several would be a wildcard that the browser alone sees. */
const NAME = /^(?!\*$)[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const LOWER_CASE_NAME = /^(?!\*$)[!#$%&'*+.^_`|~0-9a-z-]+$/;

const base = {
  version: z.literal(1),
  name: z.string(),
  maxAge: z.int().min(0).max(86400).nullable(),
};
const origins = z.array(z.string().max(326)).readonly();
const names = z.array(z.string().regex(NAME)).readonly();
const lowerCaseNames = z.array(z.string().regex(LOWER_CASE_NAME)).readonly();
const star = z.literal("*");

const anonymousPolicy = z
  .strictObject({
    ...base,
    credentials: z.literal(false),
    origins: z.union([star, origins]),
    methods: z.union([star, names]),
    headers: z.union([star, lowerCaseNames]),
    expose: z.union([star, names]),
  })
  .readonly() satisfies z.ZodType<AnonymousPolicy>;

const credentialedPolicy = z
  .strictObject({
    ...base,
    credentials: z.literal(true),
    origins,
    methods: names,
    headers: lowerCaseNames,
    expose: names,
  })
  .readonly() satisfies z.ZodType<CredentialedPolicy>;

/**
 * A compiled policy, for data that comes from elsewhere. What it takes, the runtime takes, but for origins: whether a
 * text is a pattern is more than a schema can say.
 */
export const compiledPolicySchema = z.union([anonymousPolicy, credentialedPolicy]) satisfies z.ZodType<CompiledPolicy>;
