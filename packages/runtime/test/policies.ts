import type { AnonymousPolicy, CorsRequest, CredentialedPolicy } from "../src/index.js";

/** A policy without credentials that allows nothing but what is given. */
export function anonymousPolicy(members: Partial<AnonymousPolicy> = {}): AnonymousPolicy {
  return {
    version: 1,
    name: "default",
    origins: [],
    methods: [],
    headers: [],
    expose: [],
    credentials: false,
    maxAge: null,
    ...members,
  };
}

/** A policy with credentials that allows nothing but what is given. */
export function credentialedPolicy(members: Partial<CredentialedPolicy> = {}): CredentialedPolicy {
  return {
    version: 1,
    name: "default",
    origins: [],
    methods: [],
    headers: [],
    expose: [],
    credentials: true,
    maxAge: null,
    ...members,
  };
}

/** A page at the origin fetches something. */
export function actualRequest(origin: string | null, method = "GET"): CorsRequest {
  return { method, origin, requestMethod: null, requestHeaders: null };
}

/** A browser asks for leave on a page's behalf. */
export function preflight(
  origin: string | null,
  requestMethod: string | null,
  requestHeaders: string | null = null,
): CorsRequest {
  return { method: "OPTIONS", origin, requestMethod, requestHeaders };
}
