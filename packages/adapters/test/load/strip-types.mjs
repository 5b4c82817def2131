/*
 * Lets Node run TypeScript as it is, for processes that are started outside of vitest. Node strips the types by itself,
 * but imports name the file that a build would write.
 */
import { existsSync } from "node:fs";
import { registerHooks } from "node:module";

registerHooks({
  resolve(specifier, context, next) {
    const url = specifier.startsWith(".") ? new URL(specifier.replace(/\.js$/, ".ts"), context.parentURL) : null;
    return next(url?.pathname.endsWith(".ts") && existsSync(url) ? url.href : specifier, context);
  },
});
