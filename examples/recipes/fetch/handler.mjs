import { cors } from "@corslang/adapters/fetch";
import { account } from "./api.cors.mjs";

function handle(request) {
  const { pathname } = new URL(request.url);
  if (pathname === "/account/name") return Response.json({ ok: true }, { headers: { ETag: '"7"' } });
  if (pathname === "/account/broken") return new Response("the database is gone", { status: 500 });
  return new Response("not found", { status: 404 });
}

export default { fetch: cors(account, handle) };
