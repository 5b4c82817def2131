import { createMatcher } from "../../src/index.js";
import { anonymousPolicy, credentialedPolicy } from "../policies.js";

export const APP = "https://app.example.com";
export const STAFF = "https://wiki.staff.example.com";
export const EVIL = "https://evil.test";

export const account = createMatcher(
  credentialedPolicy({
    name: "account",
    origins: [APP, "https://*.staff.example.com"],
    methods: ["PUT", "PATCH"],
    headers: ["content-type", "x-one"],
    expose: ["ETag"],
  }),
);
export const openData = createMatcher(anonymousPolicy({ name: "open-data", origins: "*", expose: "*" }));
export const oneHeader = createMatcher(anonymousPolicy({ name: "one-header", origins: [APP], headers: ["x-one"] }));
export const closed = createMatcher(anonymousPolicy({ name: "closed" }));
