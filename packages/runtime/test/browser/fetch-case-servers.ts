import { createMatcherServer } from "../../src/browser/matcher-server.js";
import type { Server, ServerResponse } from "../../src/browser/server.js";
import { createMatcher, type Header } from "../../src/index.js";
import type { LiteralCase } from "./fetch-cases.js";
import { compileWritten, type WrittenPolicy } from "./written-policy.js";

/** An application whose headers are there to be exposed or not. */
const APPLICATION: ServerResponse = {
  status: 200,
  headers: [
    ["ETag", '"1"'],
    ["X-Total-Count", "7"],
    ["X-Secret", "s"],
    ["Set-Cookie", "a=b"],
  ],
};

/** The server of a literal case. */
export function createLiteralServer({ server, page }: LiteralCase): Server {
  return ({ origin, requestMethod, requestHeaders }) => {
    const { status, headers } = requestMethod == null ? server.actual : (server.preflight ?? server.actual);
    const fill = (value: string) =>
      value
        .replaceAll("{O}", origin ?? "")
        .replaceAll("{PAGE}", page.origin)
        .replaceAll("{ACRM}", requestMethod ?? "")
        .replaceAll("{ACRH}", requestHeaders ?? "");
    return { status, headers: headers.map(([name, value]): Header => [name, fill(value)]) };
  };
}

/**
 * A server that sends a policy's lists as they are written, whatever that comes to: for what our language refuses.
 * Origins are compared, not matched.
 */
export function createNaiveServer({ origins, methods, headers, expose, credentials }: WrittenPolicy): Server {
  return ({ origin, requestMethod }) => {
    const isPreflight = requestMethod != null;
    const status = isPreflight ? 204 : APPLICATION.status;
    const own: Header[] = isPreflight ? [] : [...APPLICATION.headers];
    const allowed = origins.find((item) => item === "*" || item === origin);
    if (allowed === undefined) return { status, headers: own };
    own.push(["Access-Control-Allow-Origin", allowed]);
    if (credentials) own.push(["Access-Control-Allow-Credentials", "true"]);
    if (isPreflight) {
      own.push(["Access-Control-Allow-Methods", methods.join(",")]);
      own.push(["Access-Control-Allow-Headers", headers.join(",")]);
    } else {
      own.push(["Access-Control-Expose-Headers", expose.join(",")]);
    }
    return { status, headers: own };
  };
}

/** The server of a policy that is written in our language and compiled; or else the codes of what is wrong with it. */
export function compileServer(policy: WrittenPolicy): { server: Server } | { codes: readonly string[] } {
  const written = compileWritten(policy);
  return "codes" in written ? written : { server: createMatcherServer(createMatcher(written.compiled), APPLICATION) };
}
