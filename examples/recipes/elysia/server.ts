import { cors } from "@corslang/adapters/fetch";
import { account } from "./api.cors.mjs";
import { app } from "./app";

export default { fetch: cors(account, app.fetch) };
