import { readFileSync } from "node:fs";
import type { PageRequest } from "../../src/browser/request.js";
import type { ServerResponse } from "../../src/browser/server.js";
import type { CorsRequest } from "../../src/index.js";
import type { WrittenPolicy } from "./written-policy.js";

type Engine = "chromium" | "firefox" | "webkit";

interface CaseBase {
  readonly id: string;
  readonly why: string;
}

/** A page's request, and what the Standard makes of it. */
interface PageCase extends CaseBase {
  readonly page: PageRequest;
  readonly expected: {
    readonly readable: boolean;
    /** Whether there is a preflight. */
    readonly preflight: boolean;
    readonly requestMethod?: string;
    readonly requestHeaders?: string;
    readonly readableNames?: readonly string[];
    readonly unreadableNames?: readonly string[];
    /** Headers of the response to the request itself, by names in lower case. */
    readonly sent?: Readonly<Record<string, string>>;
    readonly notSent?: readonly string[];
  };
  /** Whether the page could read the response, in browsers that were tried. */
  readonly observed: Readonly<Partial<Record<Engine, boolean>>>;
  /** What a browser does otherwise than the Standard says. */
  readonly differs?: Readonly<Partial<Record<Engine, string>>>;
}

/** A server that answers with given headers; `{O}`, `{PAGE}`, `{ACRM}`, `{ACRH}` in them stand for the request's. */
export interface LiteralCase extends PageCase {
  readonly kind: "literal";
  readonly server: { readonly preflight: ServerResponse | null; readonly actual: ServerResponse };
}

/** A server with a policy. */
export interface PolicyCase extends PageCase {
  readonly kind: "policy";
  readonly policy: WrittenPolicy;
}

/** An Origin that no page has, sent to a server by other means. */
export interface RawOriginCase extends CaseBase {
  readonly kind: "raw-origin";
  readonly policy: WrittenPolicy;
  readonly request: { readonly method: string; readonly origin: string };
  readonly expected: { readonly granted: boolean; readonly notSent?: readonly string[] };
}

/** A preflight that is not written as the Standard writes it. */
export interface RawPreflightCase extends CaseBase {
  readonly kind: "raw-preflight";
  readonly policy: WrittenPolicy;
  readonly request: Pick<CorsRequest, "requestMethod" | "requestHeaders"> & { readonly origin: string };
  readonly expected: { readonly passed: boolean };
}

export type FetchCase = LiteralCase | PolicyCase | RawOriginCase | RawPreflightCase;

/** All cases of the file. */
export const fetchCases: readonly FetchCase[] = JSON.parse(
  readFileSync(new URL("../fixtures/fetch-cases.json", import.meta.url), "utf8"),
);

/** The cases of one kind. */
export function casesOf<Kind extends FetchCase["kind"]>(kind: Kind): Extract<FetchCase, { readonly kind: Kind }>[] {
  return fetchCases.filter((fetchCase): fetchCase is Extract<FetchCase, { readonly kind: Kind }> => {
    return fetchCase.kind === kind;
  });
}
