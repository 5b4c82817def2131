/*
 * The milliseconds from nothing to the first decision of a policy that lies on the disk. Arguments: how it is read, the
 * file, and the tree that has our packages.
 */
import { readFileSync } from "node:fs";

const [, , way, file, root] = process.argv;
const ORIGIN = "https://tenant-000001.apps.example.com";
const request = { method: "GET", origin: ORIGIN, requestMethod: null, requestHeaders: null };

/** A rival is asked through a request and a response in the form that it takes. */
function askRival(middleware) {
  let allowed = null;
  const response = {
    getHeader: () => undefined,
    setHeader(name, value) {
      if (name === "Access-Control-Allow-Origin") allowed = value;
    },
  };
  middleware({ method: "GET", headers: { origin: ORIGIN } }, response, () => {});
  return allowed === ORIGIN;
}

const WAYS = {
  async module() {
    const { default: policy } = await import(file);
    return policy.decide(request).allowOrigin !== null;
  },
  async json() {
    const { createMatcher } = await import(`${root}/packages/runtime/dist/index.js`);
    const policy = createMatcher(JSON.parse(readFileSync(file, "utf8")));
    return policy.decide(request).allowOrigin !== null;
  },
  async source() {
    const { createMatcher } = await import(`${root}/packages/runtime/dist/index.js`);
    const { compile } = await import(`${root}/packages/dsl/dist/index.js`);
    const { policies } = compile(readFileSync(file, "utf8"));
    return createMatcher(policies[0].compiled).decide(request).allowOrigin !== null;
  },
  async rival() {
    const { default: cors } = await import("cors");
    return askRival(cors(JSON.parse(readFileSync(file, "utf8"))));
  },
};

const start = performance.now();
const isAllowed = await WAYS[way]();
const milliseconds = performance.now() - start;
if (!isAllowed) throw new Error(`${way}: the origin is not allowed`);
console.log(milliseconds);
