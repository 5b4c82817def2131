import { EventEmitter, once } from "node:events";
import type { Answer, Answering } from "../../../packages/adapters/test/listeners/application.js";

/** What a page may wait for: the rest of a streamed body. */
const releases = new EventEmitter().setMaxListeners(0);

/** Lets the rest of an exchange's streamed body go. */
export function release(exchange: string): void {
  releases.emit(exchange);
}

async function* streamInTwo(exchange: string): AsyncIterable<string> {
  const released = once(releases, exchange);
  yield "first, ";
  await released;
  yield "second";
}

type RequestHeaders = Parameters<Answering>[0]["headers"];

const NOT_STORED = ["Cache-Control", "no-store"] as const;

/** Headers of every kind: safelisted ones, some that policies expose, one that no policy names, and a cookie. */
const HEADERS_OF_RESOURCE = [
  NOT_STORED,
  ["Content-Type", "text/plain; charset=utf-8"],
  ["Content-Language", "en"],
  ["ETag", '"7"'],
  ["X-Total", "42"],
  ["X-Secret", "inner"],
] as const;

const OWN_CORS = [
  ["Access-Control-Allow-Origin", "https://evil.test"],
  ["Access-Control-Allow-Credentials", "true"],
  ["Access-Control-Expose-Headers", "x-secret"],
  ["Vary", "Accept"],
] as const;

function text(body: string, headers: Answer["headers"] = [NOT_STORED], status = 200): Answer {
  return { status, headers: [["Content-Type", "text/plain; charset=utf-8"], ...headers], body };
}

/** Each exchange has a cookie of its own: all of them share the host. */
function nameOfCookie(exchange: string): string {
  return `cookie-${exchange}`;
}

function cookieOf(exchange: string, { cookie = "" }: RequestHeaders): string | undefined {
  const start = `${nameOfCookie(exchange)}=`;
  const found = cookie.split("; ").find((one) => one.startsWith(start));
  return found?.slice(start.length);
}

/**
 * The paths of the application, the same below every mount. The query says which exchange a request belongs to, and what
 * a path needs.
 */
export function createAnswering(onHandled: (exchange: string, method: string) => void): Answering {
  return ({ method, target, headers }) => {
    // The host has no part in it.
    const { pathname, searchParams } = new URL(target, "http://host");
    const path = pathname.slice(pathname.indexOf("/", 1));
    const exchange = searchParams.get("exchange") ?? "";
    const answer = answerPath(path, exchange, searchParams, headers);
    if (answer) onHandled(exchange, method);
    if (answer === "throws") throw new Error("the application fails");
    return answer;
  };
}

function answerPath(
  path: string,
  exchange: string,
  query: URLSearchParams,
  headers: RequestHeaders,
): Answer | "throws" | undefined {
  switch (path) {
    case "/resource":
      return { status: 200, headers: HEADERS_OF_RESOURCE, body: "resource" };
    case "/request-headers":
      return text([cookieOf(exchange, headers), headers.authorization, headers["x-request-id"]].join("|"));
    case "/set-cookie": {
      const cookie = `${nameOfCookie(exchange)}=${query.get("value")}; Path=/; Secure; SameSite=None`;
      return text("set", [NOT_STORED, ["Set-Cookie", cookie]]);
    }
    case "/own-cors":
      return text("own", [NOT_STORED, ...OWN_CORS, ["X-Secret", "inner"]]);
    case "/status":
      return text("status", [NOT_STORED], Number(query.get("status")));
    case "/no-content":
      return { status: 204, headers: [], body: null };
    case "/redirect":
      return { status: Number(query.get("status")), headers: [["Location", query.get("to") ?? ""]], body: null };
    case "/stream":
      return { status: 200, headers: [NOT_STORED, ["ETag", '"8"']], body: streamInTwo(exchange) };
    case "/cacheable":
      return text(`for ${headers.origin ?? "no origin"}`, [["Cache-Control", "max-age=600"]]);
    case "/revalidated": {
      const validators = [
        ["Cache-Control", "no-cache"],
        ["ETag", '"9"'],
      ] as const;
      if (headers["if-none-match"] === '"9"') return { status: 304, headers: validators, body: null };
      return text("revalidated", validators);
    }
    case "/failure":
      return "throws";
    default:
      return undefined;
  }
}
