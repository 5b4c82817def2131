import type { ReadableExperience } from "../browser/fetch.js";
import { byteLowercase, getHeader } from "../browser/header-list.js";
import { CorsAssertionError } from "./assertion-error.js";
import { createPageFetch, type FetchInit, type PageFetch } from "./browser-request.js";
import { fetchFromServer, type Send } from "./fetch-from-server.js";
import { judgeFetched, type ServerBlockReason } from "./judge-server.js";
import { checkPageOrigin } from "./page-origin.js";
import { findRedirect } from "./redirect.js";
import { expectBad, expectGood, type Subject } from "./verdict.js";
import { describeFetch, enumerate } from "./wording.js";

/** What a page sees of an answer that it can read. */
export interface ReadableAnswer {
  readonly status: number;
  /** The headers that it can read, by names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * What can be asserted of a page's `fetch()` from a server. Each sends the requests anew, and has to be awaited. All
 * reject with a {@link CorsAssertionError}, and with what `send` throws.
 */
export interface ServerFetchExpectations {
  /** The page reads the answer, whatever its status: what it sees of it comes back. */
  readonly toBeReadable: () => Promise<ReadableAnswer>;
  /** The page does not, for this reason or for any. */
  readonly toBeBlocked: (reason?: ServerBlockReason) => Promise<void>;
  /** The page reads the answer and these headers of it. They have to be there. */
  readonly toExpose: (...names: readonly string[]) => Promise<void>;
}

/** What a page at an origin experiences. */
export interface ServerOriginExpectations {
  /**
   * The page calls `fetch()`: the preflight is sent if one is needed, and the request itself if that passes.
   *
   * @param url - The whole URL.
   * @throws TypeError for a URL that is not whole.
   */
  readonly fetch: (url: string, init?: FetchInit) => ServerFetchExpectations;
}

/** What can be asserted of a server. */
export interface ServerExpectations {
  /**
   * A page at an origin.
   *
   * @param origin - As the browser sends it, such as `https://app.example.com`.
   * @throws TypeError for what no browser sends, such as `https://app.example.com/`.
   */
  readonly from: (origin: string) => ServerOriginExpectations;
}

/** The model takes the first response for the last, where a browser that may read it goes on to the next. */
function checkNoRedirect({ response }: ReadableExperience): void {
  const location = findRedirect(response);
  if (location === null) return;
  throw new Error(
    `the answer redirects to ${location} (${response.status}), which expectServer does not follow: fetch that URL. After a redirect to yet another origin, browsers send Origin: null`,
  );
}

function toReadableAnswer({ response, headerNames }: ReadableExperience): ReadableAnswer {
  // The cast holds: these are names of the response's headers.
  const lines = headerNames.map((name) => [name, getHeader(name, response.headers) as string] as const);
  return { status: response.status, headers: Object.fromEntries(lines) };
}

function expectFetch(pageFetch: PageFetch, send: Send): ServerFetchExpectations {
  const { page, url } = pageFetch;
  const subject: Subject = {
    what: `the answer to ${describeFetch(`${page.method} ${url}`, page)}`,
    good: ["to be readable", "is readable"],
    bad: ["to be blocked", "is blocked"],
  };
  async function judge() {
    const fetched = await fetchFromServer(pageFetch, send);
    if (fetched.experience.outcome === "readable") checkNoRedirect(fetched.experience);
    return judgeFetched(fetched, pageFetch);
  }
  return {
    async toBeReadable() {
      const verdict = await judge();
      expectGood(subject, verdict);
      return toReadableAnswer(verdict.experience);
    },
    async toBeBlocked(reason) {
      expectBad(subject, await judge(), reason);
    },
    async toExpose(...names) {
      const verdict = await judge();
      expectGood(subject, verdict);
      const { response, headerNames } = verdict.experience;
      const hidden = names.filter((name) => !headerNames.includes(byteLowercase(name)));
      if (hidden.length === 0) return;
      const missing = hidden.filter((name) => getHeader(name, response.headers) === null);
      const why =
        missing.length > 0
          ? `The answer has no ${enumerate(missing)}.`
          : `It has Access-Control-Expose-Headers: ${getHeader("Access-Control-Expose-Headers", response.headers) ?? "(none)"}.`;
      throw new CorsAssertionError(
        `expected ${subject.what} to expose ${enumerate(names)}, and it hides ${enumerate(hidden)}\n\n${why}\n${verdict.explanation}`,
        names,
        names.filter((name) => !hidden.includes(name)),
      );
    },
  };
}

/**
 * Begins an assertion of what pages experience with a server: whether a policy is mounted where it should be, past
 * proxies and authentication. Sends what a browser sends, and judges the answers as a browser does (Fetch Standard).
 *
 * @param send - Sends one request to the server, and returns the answer: a `Response`, what `app.inject` and supertest
 * answer, or whatever has a status and headers. It must not follow redirects.
 * @throws TypeError when it is not a function.
 *
 * @example
 * ```ts
 * const page = expectServer((request) => app.inject(request)).from("https://app.example.com");
 * await page.fetch("https://api.example.com/orders", { method: "PUT", credentials: "include" }).toBeReadable();
 * ```
 */
export function expectServer(send: Send): ServerExpectations {
  if (typeof send !== "function") {
    throw new TypeError("expectServer: expected a function that sends a request and returns the answer");
  }
  return {
    from(origin) {
      checkPageOrigin(origin);
      return { fetch: (url, init = {}) => expectFetch(createPageFetch(origin, url, init), send) };
    },
  };
}
