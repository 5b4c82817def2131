import type { NamedPart } from "./grant.js";

/** What to show of a set that has almost all names: what people know and attackers like. */
export const WELL_KNOWN_NAMES: Readonly<Record<NamedPart, readonly string[]>> = {
  methods: ["PUT", "PATCH", "DELETE", "PROPFIND"],
  requestHeaders: ["authorization", "content-type", "x-requested-with"],
  responseHeaders: ["etag", "location", "x-request-id"],
};
