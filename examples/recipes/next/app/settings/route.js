import { cors } from "@corslang/adapters/fetch";
import { account } from "../../api.cors.mjs";

function read() {
  return Response.json({ ok: true }, { headers: { ETag: '"7"' } });
}

export const GET = cors(account, read);
export const PUT = cors(account, read);
export const OPTIONS = cors(account, () => new Response(null, { status: 204 }));
