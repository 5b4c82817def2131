import type { IncomingHttpHeaders, RequestListener } from "node:http";
import type { Options } from "@corslang/adapters/express";
import type { Matcher } from "@corslang/runtime";

/** A policy for all paths below one. */
export interface Mount {
  /** With a slash at its begin, and none at its end. */
  readonly path: string;
  readonly policy: Matcher;
  readonly options: Options<unknown>;
}

/** What the application looks at in a request. */
export interface ApplicationRequest {
  readonly method: string;
  /** Path and query, the mount's path included. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
}

/** What the application answers, whatever the framework; each writes it in its own way. */
export interface Answer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** An iterable is sent chunk by chunk, each as soon as it is there. */
  readonly body: string | AsyncIterable<string> | null;
}

/**
 * The application.
 *
 * @returns `undefined` where it has nothing, so that the framework answers.
 * @throws What the framework makes an error page of.
 */
export type Answering = (request: ApplicationRequest) => Answer | undefined;

/** Makes an application with policies for its paths; the listener can be given to servers with TLS and without. */
export type CreateListener = (mounts: readonly Mount[], answering: Answering) => Promise<RequestListener>;

/** Whether a request is for a mount. */
export function isBelow({ path }: Mount, target: string): boolean {
  return target.startsWith(`${path}/`);
}

/** The header lines as an object; values of a repeated name in a list. */
export function headersAsObject({ headers }: Answer): Record<string, string | string[]> {
  const object: Record<string, string | string[]> = {};
  for (const [name, value] of headers) object[name] = name in object ? [object[name] ?? [], value].flat() : value;
  return object;
}
