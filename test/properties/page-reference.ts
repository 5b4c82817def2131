import type { CompiledPolicy } from "@corslang/runtime";
import { itemsThatAllow } from "../../packages/runtime/test/reference.js";
import type { Page } from "./generators/pages.js";

/*
 * Whether a page may read an answer, in the plainest words there are: from what docs/language.md says that a policy
 * allows and from what the Fetch Standard says that browsers ask for. No request, no answer and no header of CORS is in
 * it, nor anything of src.
 */

/** What the page gets, and whether it was asked for before. */
export type Verdict =
  | { readonly outcome: "refused" }
  | { readonly outcome: "preflight-failed" }
  | { readonly outcome: "blocked"; readonly preflight: boolean }
  | { readonly outcome: "readable"; readonly preflight: boolean; readonly headerNames: readonly string[] };

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** What any page may read (Fetch Standard, "CORS-safelisted response-header name"). */
const ALWAYS_READABLE = /^(cache-control|content-language|content-length|content-type|expires|last-modified|pragma)$/;
const NEVER_READABLE = /^set-cookie2?$/;

/** Judges a request of a page to a server of another origin. */
export function judgePage(
  policy: CompiledPolicy,
  { request, headers }: Page,
  responseHeaderNames: readonly string[],
): Verdict {
  const { origin, credentials, uploadListener, body } = request;
  // Only these are put into upper case.
  const method = /^(delete|get|head|options|post|put)$/i.test(request.method)
    ? request.method.toUpperCase()
    : request.method;
  if (!TOKEN.test(method) || /^(connect|trace|track)$/i.test(method)) return { outcome: "refused" };
  if (headers.some(({ kind }) => kind === "malformed")) return { outcome: "refused" };
  if (body !== undefined && ["GET", "HEAD"].includes(method)) return { outcome: "refused" };

  const askedNames = headers.filter(({ kind }) => kind === "asked").map(({ name }) => name.toLowerCase());
  const isSimple = ["GET", "HEAD", "POST"].includes(method);
  const preflight = !isSimple || askedNames.length > 0 || uploadListener === true;

  const mayRead = itemsThatAllow(policy, origin).length > 0 && (credentials !== "include" || policy.credentials);
  const mayUseMethod = isSimple || policy.methods === "*" || policy.methods.includes(method);
  const { headers: listed } = policy;
  const maySetHeaders = listed === "*" || askedNames.every((name) => listed.includes(name));

  if (preflight && !(mayRead && mayUseMethod && maySetHeaders)) return { outcome: "preflight-failed" };
  if (!mayRead) return { outcome: "blocked", preflight };

  const { expose } = policy;
  const exposed = expose === "*" ? responseHeaderNames : expose.map((name) => name.toLowerCase());
  const headerNames = responseHeaderNames
    .map((name) => name.toLowerCase())
    .filter(
      (name) => (expose === "*" || exposed.includes(name) || ALWAYS_READABLE.test(name)) && !NEVER_READABLE.test(name),
    )
    .sort();
  return { outcome: "readable", preflight, headerNames };
}
