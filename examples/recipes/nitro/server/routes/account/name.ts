import { defineHandler } from "nitro";

export default defineHandler((event) => {
  event.res.headers.set("ETag", '"7"');
  return { ok: true };
});
