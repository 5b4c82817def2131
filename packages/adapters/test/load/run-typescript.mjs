/*
 * Lets Node run TypeScript as it is, for processes that are started outside of vitest. Node strips types by itself, but no
 * enums, which the runtime has; and imports name the file that a build would write.
 */
import { existsSync, readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";

registerHooks({
  resolve(specifier, context, next) {
    const url = specifier.startsWith(".") ? new URL(specifier.replace(/\.js$/, ".ts"), context.parentURL) : null;
    return next(url?.pathname.endsWith(".ts") && existsSync(url) ? url.href : specifier, context);
  },
  load(url, context, next) {
    if (!url.endsWith(".ts")) return next(url, context);
    const path = fileURLToPath(url);
    const { code } = transformSync(readFileSync(path, "utf8"), { loader: "ts", sourcefile: path });
    return { format: "module", source: code, shortCircuit: true };
  },
});
