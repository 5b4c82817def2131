import type { Refusal } from "../browser/request.js";

/** Why `fetch()` throws before anything is sent, in words. */
export const REFUSALS: Readonly<Record<Refusal, string>> = {
  "method-malformed": "the method is not a token, as methods are",
  "method-forbidden": "CONNECT, TRACE and TRACK are methods that browsers keep from scripts",
  "header-malformed": "a header's name or value has characters that it can't have",
  "body-forbidden": "a GET or HEAD has no body",
};
