import { cors } from "@corslang/adapters/fetch";
import { toListener } from "../applications/fetch.js";
import { type Answer, type Answering, type CreateListener, isBelow } from "./application.js";

async function* encode(chunks: AsyncIterable<string>): AsyncIterable<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const chunk of chunks) yield encoder.encode(chunk);
}

/** An answer as the Fetch API has it. */
export function toResponse({ status, headers, body }: Answer): Response {
  const lines = headers.map(([...line]) => line);
  const isText = body === null || typeof body === "string";
  return new Response(isText ? body : ReadableStream.from(encode(body)), { status, headers: lines });
}

/** Asks the application about a request of the Fetch API. */
export function answerRequest({ method, url, headers }: Request, answering: Answering): Response | undefined {
  const { pathname, search } = new URL(url);
  const answer = answering({ method, target: pathname + search, headers: Object.fromEntries(headers) });
  return answer && toResponse(answer);
}

/** Handlers of the Fetch API, on a bridge of a few lines. They make their own error pages, as a router does. */
export const createFetchListener: CreateListener = async (mounts, answering) => {
  function handle(request: Request): Response {
    try {
      return answerRequest(request, answering) ?? new Response("not found", { status: 404 });
    } catch {
      return new Response("failed", { status: 500 });
    }
  }
  const handlers = mounts.map((mount) => ({ mount, handler: cors(mount.policy, handle, mount.options) }));
  return toListener((request) => {
    const { pathname } = new URL(request.url);
    return (handlers.find(({ mount }) => isBelow(mount, pathname))?.handler ?? handle)(request);
  });
};
