import { hasAdapter, loadAdapter, loadRuntime } from "../ours.mjs";
import { compiledPolicy, listOrigins } from "../policies.mjs";
import { createPreflightCheck } from "./preflight-check.mjs";
import { BY_HAND, CHECKED_BY_HAND, NO_CORS, OURS } from "./subject-names.mjs";

/** By the names of our adapters. Loaded when needed: a process has the framework that it measures, and no other. */
const MODULES = {
  node: () => import("./node.mjs"),
  express: () => import("./express.mjs"),
  fastify: () => import("./fastify.mjs"),
  koa: () => import("./koa.mjs"),
  hono: () => import("./hono.mjs"),
  fetch: () => import("./fetch.mjs"),
};

export const FRAMEWORKS = Object.keys(MODULES);

/** Without CORS, by hand in two ways, ours where the tree has it, the rival where there is one. */
export async function listSubjects(framework, root) {
  const { rival } = await MODULES[framework]();
  const ours = hasAdapter(root, framework) ? [OURS] : [];
  return [NO_CORS, BY_HAND, CHECKED_BY_HAND, ...ours, ...(rival === null ? [] : [rival])];
}

/** The rival of a framework; `null` where there is none. */
export async function rivalOf(framework) {
  return (await MODULES[framework]()).rival;
}

/**
 * Makes the same small server on a framework: `GET /` gives some JSON.
 *
 * @param {object} options
 * @param {string} options.framework - Of {@link FRAMEWORKS}.
 * @param {string} options.subject - Of {@link listSubjects}.
 * @param {number} options.count - How many origins its policy has.
 * @param {string} options.root - The tree that has our packages.
 * @returns Either a `fetch` function, or a `listener` for `node:http`.
 */
export async function createApplication({ framework, subject, count, root }) {
  const { origins } = listOrigins("exact", count);
  const module = await MODULES[framework]();
  if (subject !== OURS) {
    const isChecked = subject === CHECKED_BY_HAND;
    const passes = createPreflightCheck(isChecked);
    return module.createApplication({ subject: isChecked ? BY_HAND : subject, origins, passes });
  }
  const { createMatcher } = await loadRuntime(root);
  const { cors } = await loadAdapter(root, framework);
  return module.createApplication({ subject, origins, ours: { cors, policy: createMatcher(compiledPolicy(origins)) } });
}

/** What `node:http` calls for each request. Fetch functions are put on Node by Hono's server, as is usual. */
export async function listenerOf({ listener, fetch }) {
  if (listener) return listener;
  // Not imported above: it replaces Node's own Request and Response, which the measurements without a network are about.
  const { getRequestListener } = await import("@hono/node-server");
  return getRequestListener(fetch);
}
