import { cors } from "@corslang/adapters/fetch";
import api from "../api.cors.mjs";

async function handle(request) {
  const { pathname } = new URL(request.url);
  if (request.method === "GET" && pathname === "/orders") {
    return Response.json([{ id: 1, items: 3 }], { headers: { ETag: '"7"' } });
  }
  if (request.method === "PUT" && pathname.startsWith("/orders/")) {
    return Response.json({ id: Number(pathname.slice("/orders/".length)), ...(await request.json()) });
  }
  if (pathname === "/broken") return new Response("the database is gone", { status: 500 });
  return new Response("not found", { status: 404 });
}

/** What Workers, Deno and Bun call; on Node, server.mjs puts it on a port. */
export default { fetch: cors(api, handle) };
