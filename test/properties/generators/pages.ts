import type { CompiledPolicy } from "@corslang/runtime";
import type { PageRequest } from "@corslang/runtime/testing";
import fc from "fast-check";
import { originsNear } from "./policies.js";

/*
 * What scripts ask `fetch` for. What the Fetch Standard makes of each header is written here by hand, so that a reference
 * need not work it out.
 */

/** A header that a script sets: sent without asking, asked for in a preflight, or dropped by the browser. */
export interface PageHeader {
  readonly name: string;
  readonly value: string;
  readonly kind: "free" | "asked" | "dropped" | "malformed";
}

/** A request with what is known of its headers. */
export interface Page {
  readonly request: PageRequest;
  readonly headers: readonly PageHeader[];
}

const HEADERS: readonly PageHeader[] = [
  { name: "Accept", value: "application/json", kind: "free" },
  { name: "Accept", value: "a(b)", kind: "asked" },
  { name: "Accept", value: "x".repeat(128), kind: "free" },
  { name: "Accept", value: "x".repeat(129), kind: "asked" },
  { name: "Accept-Language", value: "de, en;q=0.5", kind: "free" },
  { name: "Accept-Language", value: "de_DE", kind: "asked" },
  { name: "Content-Language", value: "*", kind: "free" },
  { name: "Content-Type", value: "text/plain;charset=UTF-8", kind: "free" },
  { name: "Content-Type", value: " Multipart/Form-Data ; boundary=x", kind: "free" },
  { name: "Content-Type", value: "application/json", kind: "asked" },
  { name: "Content-Type", value: "text/plain; a=b@c", kind: "asked" },
  { name: "Content-Type", value: "", kind: "asked" },
  { name: "Range", value: "bytes=0-99", kind: "free" },
  { name: "Range", value: "bytes=-99", kind: "asked" },
  { name: "Range", value: "bytes=9-0", kind: "asked" },
  { name: "Authorization", value: "Bearer x", kind: "asked" },
  { name: "X-HTTP-Method-Override", value: "PUT", kind: "asked" },
  { name: "X-HTTP-Method-Override", value: "PUT, trace", kind: "dropped" },
  { name: "Cookie", value: "a=b", kind: "dropped" },
  { name: "Origin", value: "https://evil.test", kind: "dropped" },
  { name: "Access-Control-Request-Headers", value: "x", kind: "dropped" },
  { name: "Sec-Fetch-Site", value: "same-origin", kind: "dropped" },
  { name: "Proxy-X", value: "1", kind: "dropped" },
  { name: "X-Evil", value: "1", kind: "asked" },
  { name: "x y", value: "1", kind: "malformed" },
  { name: "X-\u00e9", value: "1", kind: "malformed" },
  { name: "X", value: "a\nb", kind: "malformed" },
  { name: "Cookie", value: "\u0000", kind: "malformed" },
];

const METHODS = ["GET", "GET", "GET", "HEAD", "POST", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "QUERY"];
const ODD_METHODS = [
  ...["get", "head", "post", "Put", "delete", "patch", "options", "query"],
  ...["TRACE", "connect", "Track", "x-odd!", "", "P UT", "GET\n", "*"],
];

const anyHeader = fc.constantFrom(...HEADERS).filter(({ kind }) => kind !== "malformed");
const malformedHeader = fc.constantFrom(...HEADERS.filter(({ kind }) => kind === "malformed"));

/** The same name in another case, which means the same. */
function inAnyCase(header: fc.Arbitrary<PageHeader>): fc.Arbitrary<PageHeader> {
  return fc.tuple(header, fc.constantFrom("as it is", "upper", "lower")).map(([{ name, value, kind }, change]) => ({
    name: change === "upper" ? name.toUpperCase() : change === "lower" ? name.toLowerCase() : name,
    value,
    kind,
  }));
}

function oneIn(count: number): fc.Arbitrary<boolean> {
  return fc.integer({ min: 1, max: count }).map((number) => number === count);
}

/** Pages at an origin that is near the policy's, which ask for what is near to what it allows. */
export function pagesNear(policy: CompiledPolicy): fc.Arbitrary<Page> {
  const listedNames = policy.headers === "*" ? [] : policy.headers;
  // Never one that the browser takes for one of its own.
  const listed = listedNames
    .filter((name) => !HEADERS.some((header) => header.name.toLowerCase() === name))
    .map((name): PageHeader => ({ name, value: "1", kind: "asked" }));
  const listedHeader = listed.length > 0 ? fc.constantFrom(...listed) : anyHeader;
  const header = inAnyCase(
    fc.oneof(
      { weight: 20, arbitrary: listedHeader },
      { weight: 10, arbitrary: anyHeader },
      { weight: 1, arbitrary: malformedHeader },
    ),
  );
  const listedMethods = policy.methods === "*" ? METHODS : [...policy.methods, "GET"];
  return fc
    .record({
      origin: originsNear(policy.origins === "*" ? [] : policy.origins).map(([origin = "null"]) => origin),
      method: fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(...METHODS) },
        { weight: 3, arbitrary: fc.constantFrom(...listedMethods) },
        { weight: 1, arbitrary: fc.constantFrom(...ODD_METHODS) },
      ),
      headers: fc.oneof(fc.constant<PageHeader[]>([]), fc.array(header, { maxLength: 4 })),
      credentials: fc.constantFrom("omit" as const, "same-origin" as const, "include" as const),
      uploadListener: oneIn(5),
      hasBody: oneIn(5),
    })
    .map(({ origin, method, headers, credentials, uploadListener, hasBody }) => ({
      headers,
      request: {
        origin,
        method,
        headers: headers.map(({ name, value }) => [name, value] as const),
        credentials,
        uploadListener,
        ...(hasBody ? { body: "text" } : {}),
      },
    }));
}
