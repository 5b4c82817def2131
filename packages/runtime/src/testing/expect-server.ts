import { byteLowercase, getHeader } from "../browser/header-list.js";
import { CorsAssertionError } from "./assertion-error.js";
import { createPageFetch, type FetchInit, type PageFetch } from "./browser-request.js";
import { type Fetched, fetchFromServer, type Send } from "./fetch-from-server.js";
import { judgeFetched, type ServerBlockReason } from "./judge-server.js";
import { checkPageOrigin } from "./page-origin.js";
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

const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/** The model takes the first response for the last, where a browser that may read it goes on to the next. */
function checkNoRedirect({ experience, exchanges }: Fetched): void {
  const location = getHeader("Location", exchanges.at(-1)?.response.headers ?? []);
  if (experience.outcome !== "readable" || location === null || !REDIRECTS.includes(experience.status)) return;
  throw new Error(
    `the answer redirects to ${location} (${experience.status}), which expectServer does not follow: fetch that URL. After a redirect to yet another origin, browsers send Origin: null`,
  );
}

function readReadable({ experience, exchanges }: Fetched): ReadableAnswer {
  const names = experience.outcome === "readable" ? experience.headerNames : [];
  const { status = 0, headers = [] } = exchanges.at(-1)?.response ?? {};
  return { status, headers: Object.fromEntries(names.map((name) => [name, getHeader(name, headers) ?? ""])) };
}

function expectFetch(pageFetch: PageFetch, send: Send): ServerFetchExpectations {
  const { page, url } = pageFetch;
  const subject: Subject = {
    what: `the answer to ${describeFetch(`${page.method} ${url}`, page)}`,
    good: ["to be readable", "is readable"],
    bad: ["to be blocked", "is blocked"],
  };
  async function run() {
    const fetched = await fetchFromServer(pageFetch, send);
    checkNoRedirect(fetched);
    return { fetched, verdict: judgeFetched(fetched, pageFetch) };
  }
  return {
    async toBeReadable() {
      const { fetched, verdict } = await run();
      expectGood(subject, verdict);
      return readReadable(fetched);
    },
    async toBeBlocked(reason) {
      const { verdict } = await run();
      expectBad(subject, verdict, reason);
    },
    async toExpose(...names) {
      const { fetched, verdict } = await run();
      expectGood(subject, verdict);
      const readable = readReadable(fetched).headers;
      const hidden = names.filter((name) => !Object.hasOwn(readable, byteLowercase(name)));
      if (hidden.length === 0) return;
      const { headers = [] } = fetched.exchanges.at(-1)?.response ?? {};
      const missing = hidden.filter((name) => getHeader(name, headers) === null);
      const why =
        missing.length > 0
          ? `The answer has no ${enumerate(missing)}.`
          : `It has Access-Control-Expose-Headers: ${getHeader("Access-Control-Expose-Headers", headers) ?? "(none)"}.`;
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
