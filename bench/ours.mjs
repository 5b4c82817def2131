/* Our own packages, as they are built: what users install. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The folder of this working tree. A comparison of revisions has other ones. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url));

function urlOf(root, path) {
  return new URL(`packages/${path}`, `file://${root.endsWith("/") ? root : `${root}/`}`);
}

/** Whether a tree has an adapter. */
export function hasAdapter(root, name) {
  return existsSync(urlOf(root, `adapters/dist/${name}.js`));
}

/** `createMatcher` of a tree. */
export async function loadRuntime(root) {
  return import(urlOf(root, "runtime/dist/index.js").href);
}

/** `cors` of a tree's adapter, for a policy as data. */
export async function loadAdapter(root, name) {
  return import(urlOf(root, `adapters/dist/${name}.js`).href);
}
