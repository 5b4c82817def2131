import type { RequestListener, ServerResponse } from "node:http";
import type { Header } from "@corslang/runtime";

/** A request as it came over the wire, and the head of its answer as it went. */
export interface WireRequest {
  readonly method: string;
  readonly headers: readonly Header[];
  /** `null` until it is sent. */
  readonly answer: () => { readonly status: number; readonly headers: readonly Header[] } | null;
}

/** What went over the wire for each exchange, in order. */
export type Wire = Map<string, WireRequest[]>;

function linesOf(rawHeaders: readonly string[]): readonly Header[] {
  return rawHeaders.flatMap((name, index): Header[] => (index % 2 ? [] : [[name, rawHeaders[index + 1] ?? ""]]));
}

function headOf(response: ServerResponse): ReturnType<WireRequest["answer"]> {
  // What Node has put on the wire. No public way reads what `writeHead` was given in a list. The cast holds: Node's own
  // `headersSent` is whether this is set.
  const { _header: head } = response as ServerResponse & { readonly _header: string | null };
  if (head === null) return null;
  const [, ...lines] = head.trimEnd().split("\r\n");
  const headers = lines.map((line): Header => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  return { status: response.statusCode, headers };
}

/** Writes down every request whose query names an exchange, and then does as the listener does. */
export function recordExchanges(wire: Wire, listener: RequestListener): RequestListener {
  return (request, response) => {
    const { url = "", method = "", rawHeaders } = request;
    const exchange = new URL(url, "http://host").searchParams.get("exchange");
    if (exchange !== null) {
      const requests = wire.get(exchange) ?? [];
      wire.set(exchange, requests);
      requests.push({ method, headers: linesOf(rawHeaders), answer: () => headOf(response) });
    }
    listener(request, response);
  };
}
