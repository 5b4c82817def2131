/*
 * Checked by the compiler alone: what a definition may say, and what it may not. A misuse that the compiler took would
 * make its `@ts-expect-error` an error.
 */
import { definePolicy, type PolicyDefinition, toCors } from "@corslang/dsl";
import type { Matcher } from "@corslang/runtime";

const ORIGINS = ["https://app.example.com", { unsafe: "http://kiosk.example.net" }] as const;
const STAGING = ["https://staging.example.com"];
const HEADERS = ["Content-Type"] as const;
const SHARED = { methods: ["PUT"], headers: ["Content-Type"], maxAge: "1h" } as const;
const LOOSE = { methods: ["PUT"], maxAge: "1h" };
declare const fromEnvironment: string[];
declare const isProduction: boolean;

export function mayBeSaid(): void {
  const matcher: Matcher = definePolicy({ origins: "*" });
  const text: string = toCors(matcher) + toCors({ origins: ORIGINS, credentials: true });
  console.log(text);
  definePolicy({ origins: "none", credentials: true });
  definePolicy({ origins: "*", methods: "*", headers: ["*", "Authorization"], expose: "*" });
  definePolicy({ origins: ["https://a.example"], expose: ["*"], name: "a", maxAge: 600 });
  // Constants, spread or not, readonly or not, and texts that are known only when the program runs.
  definePolicy({ origins: ORIGINS, credentials: true });
  definePolicy({ origins: STAGING, headers: HEADERS, credentials: true });
  definePolicy({ origins: fromEnvironment, headers: [...HEADERS, "X-Request-Id"], credentials: true });
  definePolicy({
    origins: [...ORIGINS, ...STAGING, { unsafe: "http://other.example.net" }],
    headers: [...HEADERS, "X-Request-Id"],
    credentials: true,
  });
  definePolicy({ ...SHARED, origins: ["https://a.example"], credentials: true });
  definePolicy({ ...SHARED, origins: ["https://a.example"] });
  definePolicy({ ...LOOSE, origins: ["https://a.example"], credentials: true });
  definePolicy({ ...SHARED, origins: ["https://a.example"], credentials: isProduction });
  const annotated: PolicyDefinition = { origins: ["https://a.example"], credentials: true };
  definePolicy(annotated);
  const satisfied = { origins: ["https://a.example"], credentials: true } satisfies PolicyDefinition;
  definePolicy(satisfied);
  const open = { origins: "*" } as const;
  definePolicy(open);
  const closed = { origins: "none", credentials: true } satisfies PolicyDefinition;
  definePolicy(closed);
  // What is undefined is left out.
  definePolicy({
    name: undefined,
    origins: ["https://a.example"],
    methods: undefined,
    headers: undefined,
    expose: undefined,
    credentials: undefined,
    maxAge: undefined,
  });
}

export function neverStarWithCredentials(): void {
  // @ts-expect-error: any origin.
  definePolicy({ origins: "*", credentials: true });
  // @ts-expect-error: any origin, with credentials at times.
  definePolicy({ origins: "*", credentials: isProduction });
  // @ts-expect-error: any origin, as an item.
  definePolicy({ origins: ["*"], credentials: true });
  // @ts-expect-error: any origin among others.
  definePolicy({ origins: ["https://a.example", "*"], credentials: true });
  // @ts-expect-error: there is no `unsafe` for it.
  definePolicy({ origins: [{ unsafe: "*" }], credentials: true });
  // @ts-expect-error: any method.
  definePolicy({ origins: ["https://a.example"], methods: "*", credentials: true });
  // @ts-expect-error: any method, as an item.
  definePolicy({ origins: ["https://a.example"], methods: ["*"], credentials: true });
  // @ts-expect-error: any header.
  definePolicy({ origins: ["https://a.example"], headers: ["*", "Authorization"], credentials: true });
  const any = ["*", "Authorization"] as const;
  // @ts-expect-error: any header, by a constant.
  definePolicy({ origins: ["https://a.example"], headers: any, credentials: true });
  // @ts-expect-error: any header, by a constant that is spread.
  definePolicy({ origins: ["https://a.example"], headers: [...any, "X-Request-Id"], credentials: true });
  // @ts-expect-error: any header to read.
  definePolicy({ origins: ["https://a.example"], expose: "*", credentials: true });
  // @ts-expect-error: any header to read, as an item.
  definePolicy({ origins: ["https://a.example"], expose: ["*"], credentials: true });
  // @ts-expect-error: it is not to be printed either.
  toCors({ origins: "*", credentials: true });
  // @ts-expect-error: and can't be annotated.
  const annotated: PolicyDefinition = { origins: "*", credentials: true };
  console.log(annotated);
}

export function mayNotBeSaid(): void {
  // @ts-expect-error: a misspelt member.
  definePolicy({ origins: "*", credential: true });
  // @ts-expect-error: another package's member.
  definePolicy({ origins: ["https://a.example"], credentials: true, allowedHeaders: [] });
  // @ts-expect-error: the setting's name in a file.
  definePolicy({ origins: ["https://a.example"], "max-age": 600 });
  // @ts-expect-error: nothing is said about who may call.
  definePolicy({ methods: ["PUT"] });
  // @ts-expect-error: an unset variable says nothing about that either.
  definePolicy({ origins: process.env.ORIGIN });
  const widened = { origins: "*" };
  // @ts-expect-error: the type of this constant has forgotten that the text is `*`.
  definePolicy(widened);
  // @ts-expect-error: one origin is a list of one.
  definePolicy({ origins: "https://a.example" });
  // @ts-expect-error: there are no regular expressions.
  definePolicy({ origins: [/example/] });
  // @ts-expect-error: nor functions.
  definePolicy({ origins: () => true });
  // @ts-expect-error: a misspelt mark.
  definePolicy({ origins: [{ unsave: "https://a.example" }] });
  // @ts-expect-error: a mark with something beside it.
  definePolicy({ origins: [{ unsafe: "http://a.example", reason: "no TLS" }], credentials: true });
  // @ts-expect-error: only origins can be unsafe.
  definePolicy({ origins: "*", methods: [{ unsafe: "PUT" }] });
  // @ts-expect-error: `*` alone leaves Authorization unclear.
  definePolicy({ origins: "*", headers: "*" });
  // @ts-expect-error: a text is no boolean.
  definePolicy({ origins: ["https://a.example"], credentials: "true" });
  // @ts-expect-error: nothing is said by leaving it out.
  definePolicy({ origins: "*", maxAge: null });
}
