import type { CredentialsMode } from "../../../packages/runtime/src/browser/request.js";
import type { MountName } from "../policies.js";

/** The browsers that run the exchanges. */
export type BrowserName = "chromium" | "firefox";

/**
 * Where a page is: an origin; a frame without one, in a page at https://app.example.com, that is sandboxed or a `data:`
 * URL; or a page of the server itself, with TLS or without.
 */
export type Page =
  | `http://${string}`
  | `https://${string}`
  | "sandboxed frame"
  | "data: frame"
  | "own page"
  | "own page without TLS";

/** What a script does, and what it should experience. */
export interface Step {
  /** https://app.example.com by default. A step on another page than the one before waits for it. */
  readonly page?: Page;
  /**
   * Below the mount, with a query where needed; `/resource` by default. See servers/application.ts. A redirect's `to` is a
   * path below the mount, too, or begins with `{https}`, the server with TLS, or `{elsewhere}`, the same at another host.
   */
  readonly path?: string;
  /** Asks the page's own server, which redirects to the URL in the path's `to`. */
  readonly startsAtPage?: true;
  /** With TLS exactly when the page's origin has it, unless said here. */
  readonly scheme?: "http" | "https";
  /** By `fetch()` unless said; an upload listener is a matter of XMLHttpRequest. */
  readonly by?: "fetch" | "XMLHttpRequest" | "XMLHttpRequest with an upload listener";
  /** GET by default. */
  readonly method?: string;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
  /** `same-origin` by default, as in `fetch()`; XMLHttpRequest has no `omit`. */
  readonly credentials?: CredentialsMode;
  readonly mode?: "no-cors";
  readonly redirect?: "manual" | "error";
  /** Waits for the body's first chunk before the server is told to send the others. */
  readonly reads?: "in chunks";
  /** `refused` and `unreadable` are the same TypeError; nothing is sent for the first. */
  readonly outcome: "readable" | "unreadable" | "refused" | "opaque";
  /** 200 by default. */
  readonly status?: number;
  readonly text?: string;
  /** Names of headers, in lower case, that the script reads. */
  readonly readsHeaders?: readonly string[];
  /** Names of headers, in lower case, that the server has sent and the script does not get. */
  readonly lacksHeaders?: readonly string[];
}

/** What a browser does otherwise than the Standard says. */
export interface Difference {
  readonly why: string;
  /** As {@link Exchange.sent}. */
  readonly sent: readonly string[];
  /** Of all steps, where they are others. */
  readonly outcomes?: readonly Step["outcome"][];
}

/** What one or more scripts do with one resource, and what goes over the wire for it. All of it is written by hand. */
export interface Exchange {
  readonly name: string;
  readonly mount: MountName;
  readonly steps: readonly [Step, ...Step[]];
  /**
   * Each request that reaches the server: `PUT`; for a preflight `OPTIONS for PUT with content-type`. Then
   * `from ORIGIN` where the Origin is not that of the first step's page, and `without Origin`.
   */
  readonly sent: readonly string[];
  /** Methods of the requests that reach the application, where these are not all but the preflights. */
  readonly handled?: readonly string[];
  /** Why the model of the browser is not asked about it, as it knows of single requests only. */
  readonly beyondModel?: "redirect" | "no-cors";
  readonly differences?: Readonly<Partial<Record<BrowserName, Difference>>>;
  /** What a browser's console says of it, in part. */
  readonly console?: Readonly<Record<BrowserName, string>>;
}

export const APP = "https://app.example.com";

/** The page of a step. */
export function pageOf({ page = APP }: Step): Page {
  return page;
}

/** Whether a page is one of the server that is asked. */
export function isOwnPage(page: Page): boolean {
  return page === "own page" || page === "own page without TLS";
}

/** Whether a page has an opaque origin. */
export function isOpaque(page: Page): boolean {
  return page === "sandboxed frame" || page === "data: frame";
}

/** The scheme of the URL that a step is about. */
export function schemeOf(step: Step): "http" | "https" {
  const page = pageOf(step);
  return step.scheme ?? (page.startsWith("http:") || page === "own page without TLS" ? "http" : "https");
}
