import { type Experience, fetchInSteps } from "../browser/fetch.js";
import type { ServerResponse } from "../browser/server.js";
import { type BrowserRequest, type PageFetch, toBrowserRequest } from "./browser-request.js";
import { readAnswer, type ServerAnswer } from "./server-answer.js";

/** Sends a request to the server under test. */
export type Send = (request: BrowserRequest) => ServerAnswer | Promise<ServerAnswer>;

/** A request, and what came back. */
export interface Exchange {
  readonly request: BrowserRequest;
  readonly response: ServerResponse;
}

/** What a page experienced, and what was on the wire. */
export interface Fetched {
  readonly experience: Experience;
  readonly exchanges: readonly Exchange[];
}

/** Does what a browser does when a page fetches, with a real server. */
export async function fetchFromServer(pageFetch: PageFetch, send: Send): Promise<Fetched> {
  const exchanges: Exchange[] = [];
  const steps = fetchInSteps(pageFetch.page);
  let step = steps.next();
  while (!step.done) {
    const request = toBrowserRequest(step.value, pageFetch);
    const response = readAnswer(await send(request));
    exchanges.push({ request, response });
    step = steps.next(response);
  }
  return { experience: step.value, exchanges };
}
