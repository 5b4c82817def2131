import type { AnonymousPolicy, CompiledPolicy } from "@corslang/runtime";

const anonymous: AnonymousPolicy = {
  version: 1,
  name: "anonymous",
  origins: [],
  methods: [],
  headers: [],
  expose: [],
  credentials: false,
  maxAge: null,
};

/** Everything that a policy with cookies can have. */
export const account: CompiledPolicy = {
  version: 1,
  name: "account",
  origins: ["https://app.example.com", "https://admin.example.com:8443"],
  methods: ["PUT", "DELETE"],
  headers: ["content-type", "x-request-id"],
  expose: ["ETag", "X-Total"],
  credentials: true,
  maxAge: 600,
};

/** One origin, and no other setting. */
export const plain: CompiledPolicy = { ...anonymous, name: "plain", origins: ["https://app.example.com"] };

/** `origins none`. */
export const nobody: CompiledPolicy = { ...anonymous, name: "nobody", methods: ["PUT"], maxAge: 600 };

/** `origins *`, and no other setting. */
export const openRead: CompiledPolicy = { ...anonymous, name: "open-read", origins: "*" };

/** `origins *` with lists, and no caching of preflights. */
export const openLists: CompiledPolicy = {
  ...anonymous,
  name: "open-lists",
  origins: "*",
  methods: ["PATCH", "PUT"],
  headers: ["x-request-id", "content-type"],
  expose: ["ETag"],
  maxAge: 0,
};

/** `*` wherever it can be. */
export const openAll: CompiledPolicy = {
  ...anonymous,
  name: "open-all",
  origins: "*",
  methods: "*",
  headers: "*",
  expose: "*",
  maxAge: 86400,
};

/** `*` in methods and headers for listed origins. */
export const listedOrigins: CompiledPolicy = {
  ...anonymous,
  name: "listed-origins",
  origins: ["https://app.example.com"],
  methods: "*",
  headers: "*",
  expose: "*",
};

/** Pages in sandboxed frames. */
export const sandboxed: CompiledPolicy = { ...anonymous, name: "sandboxed", origins: ["null"], methods: ["PUT"] };

/** Every kind of origin pattern. */
export const patterns: CompiledPolicy = {
  ...anonymous,
  name: "patterns",
  origins: [
    "https://*.example.com",
    "https://preview-*.example.dev",
    "https://*.example.net:8443",
    "http://localhost:*",
    "http://127.0.0.1:3000",
    "http://[::1]:8080",
    "capacitor://localhost",
  ],
};

/** Three methods and headers whose order is not the alphabet's. */
export const ordered: CompiledPolicy = {
  ...anonymous,
  name: "ordered",
  origins: ["https://app.example.com"],
  methods: ["PURGE", "PATCH", "GET"],
  headers: ["x-two", "authorization", "x-one"],
};
