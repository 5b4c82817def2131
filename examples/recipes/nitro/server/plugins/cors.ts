import { cors } from "@corslang/adapters/fetch";
import { definePlugin } from "nitro";
import { account } from "../../api.cors.mjs";

export default definePlugin((nitroApp) => {
  nitroApp.fetch = cors(account, nitroApp.fetch);
});
