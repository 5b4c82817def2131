import { planFetch } from "../browser/fetch.js";
import { byteLowercase } from "../browser/header-list.js";
import type { CredentialsMode, PageRequest } from "../browser/request.js";
import type { CorsRequest, Header } from "../decision.js";
import { createFetchMetadata, findSite, type Site } from "./fetch-metadata.js";
import { type HeadersLike, readHeaderLines } from "./header-lines.js";
import { checkPageOrigin } from "./page-origin.js";
import { REFUSALS } from "./refusals.js";

/** What a page gives `fetch()` beside the URL, and what a browser knows beside that. */
export interface FetchInit {
  /** GET when it is left out. */
  readonly method?: string | undefined;
  readonly headers?: HeadersLike | undefined;
  /** `same-origin` when it is left out, as in `fetch()`. */
  readonly credentials?: CredentialsMode | undefined;
  /** A text. */
  readonly body?: string | undefined;
  /** As a listener on XMLHttpRequest's `upload` does: there is always a preflight. */
  readonly uploadListener?: boolean | undefined;
  /** The cookies that the browser keeps for the server. Only requests with credentials have them, and no preflight. */
  readonly cookie?: string | undefined;
  /**
   * Whether page and server are of one site. When it is left out, hosts that end in the same two labels are: say it
   * under public suffixes of several labels, such as `co.uk` and `github.io`.
   */
  readonly site?: Exclude<Site, "same-origin"> | undefined;
}

/** A request as a browser sends it. Fits `app.inject(request)`, and `fetch(request.url, request)` and its like. */
export interface BrowserRequest {
  readonly url: string;
  readonly method: string;
  /** By names in lower case. Without what has no part in CORS, and what the client itself adds: `Host`, `User-Agent`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For clients that would follow redirects: browsers do not, after a preflight. */
  readonly redirect: "manual";
}

/** What a page at an origin asks for, ready to be fetched. */
export interface PageFetch {
  readonly url: string;
  readonly page: PageRequest;
  readonly site: Site;
  readonly cookie: string | null;
}

/**
 * Reads what a test says of a page and its `fetch()`.
 *
 * @throws TypeError for an origin that no browser sends, and for a URL that is not whole.
 */
export function createPageFetch(origin: string, url: string, init: FetchInit): PageFetch {
  checkPageOrigin(origin);
  if (!URL.canParse(url)) {
    throw new TypeError(`${JSON.stringify(url)} is not a whole URL: write it as in "https://api.example.com/orders"`);
  }
  const { method = "GET", headers = [], credentials = "same-origin", body, uploadListener, cookie } = init;
  const found = findSite(origin, url);
  const isSameOrigin = found === "same-origin";
  const hasCredentials = credentials === "include" || (credentials === "same-origin" && isSameOrigin);
  return {
    url: new URL(url).href,
    page: { origin, method, headers: readHeaderLines(headers), credentials, body, uploadListener, isSameOrigin },
    site: isSameOrigin ? found : (init.site ?? found),
    cookie: (hasCredentials ? cookie : null) ?? null,
  };
}

/** Lines of one name become one, as browsers send them. */
function toRecord(lines: readonly Header[]): Record<string, string> {
  const record: Record<string, string> = {};
  for (const [name, value] of lines) {
    const key = byteLowercase(name);
    const before = record[key];
    record[key] = before === undefined ? value : `${before}, ${value}`;
  }
  return record;
}

/** Makes the request that goes over the wire of one that the model of the browser sends. */
export function toBrowserRequest(
  sent: { readonly facts: CorsRequest; readonly headers: readonly Header[] },
  { url, page, site, cookie }: PageFetch,
): BrowserRequest {
  const isPreflight = sent.facts.requestMethod != null;
  const cookieHeader: readonly Header[] = cookie === null || isPreflight ? [] : [["Cookie", cookie]];
  return {
    url,
    method: sent.facts.method,
    headers: toRecord([...sent.headers, ...createFetchMetadata(site, url), ...cookieHeader]),
    ...(page.body === undefined || isPreflight ? {} : { body: page.body }),
    redirect: "manual",
  };
}

/** What a browser sends for one `fetch()`. */
export interface BrowserRequests {
  /** Sent first, and alone when it fails; `null` when none is needed. */
  readonly preflight: BrowserRequest | null;
  readonly actual: BrowserRequest;
}

/**
 * Makes the requests that a browser sends when a page calls `fetch()`: for tests that send and judge by themselves.
 *
 * @param origin - The page's origin.
 * @param url - The whole URL that it fetches.
 * @throws TypeError where `fetch()` throws one before anything is sent, and for an origin that no browser sends.
 *
 * @example
 * ```ts
 * const { preflight } = createBrowserRequests("https://app.example.com", "https://api.example.com/orders", {
 *   method: "PUT",
 *   headers: { "Content-Type": "application/json" },
 * });
 * await app.inject(preflight); // OPTIONS, Origin, Access-Control-Request-Method: PUT, …
 * ```
 */
export function createBrowserRequests(origin: string, url: string, init: FetchInit = {}): BrowserRequests {
  const pageFetch = createPageFetch(origin, url, init);
  const plan = planFetch(pageFetch.page);
  if (typeof plan === "string") throw new TypeError(`fetch() refuses: ${REFUSALS[plan]}`);
  const { preflight, actual } = plan;
  return {
    preflight: preflight === null ? null : toBrowserRequest(preflight, pageFetch),
    actual: toBrowserRequest(actual, pageFetch),
  };
}
