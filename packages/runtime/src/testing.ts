/*
 * For users' tests: expectCors, expectServer, createBrowserRequests and what belongs to them. The rest is for the
 * compiler, which tells authors what browsers do.
 */
export { type Experience, simulateFetch } from "./browser/fetch.js";
export { createMatcherServer } from "./browser/matcher-server.js";
export { isCorsSafelistedMethod, isForbiddenMethod, normalizeMethod } from "./browser/method.js";
export {
  CORS_SAFELISTED_RESPONSE_HEADER_NAMES,
  isCorsSafelistedResponseHeaderName,
  isForbiddenResponseHeaderName,
} from "./browser/readable-headers.js";
export type { PageRequest } from "./browser/request.js";
export { isForbiddenRequestHeader } from "./browser/request-header.js";
export { isToken } from "./characters.js";
export { CorsAssertionError } from "./testing/assertion-error.js";
export {
  type BrowserRequest,
  type BrowserRequests,
  createBrowserRequests,
  type FetchInit,
} from "./testing/browser-request.js";
export {
  expectCors,
  type FetchExpectations,
  type OriginExpectations,
  type PolicyExpectations,
  type PolicyFetchInit,
  type PreflightExpectations,
} from "./testing/expect-cors.js";
export {
  expectServer,
  type ReadableAnswer,
  type ServerExpectations,
  type ServerFetchExpectations,
  type ServerOriginExpectations,
} from "./testing/expect-server.js";
export type { Send } from "./testing/fetch-from-server.js";
export type { HeadersLike } from "./testing/header-lines.js";
export type { PolicyBlockReason } from "./testing/judge-policy.js";
export type { ServerBlockReason } from "./testing/judge-server.js";
export { REFUSALS } from "./testing/refusals.js";
export type { ServerAnswer } from "./testing/server-answer.js";
export { enumerate } from "./testing/wording.js";
