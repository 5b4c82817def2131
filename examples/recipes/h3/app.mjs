import { H3 } from "h3";

export const app = new H3();
app.all("/account/name", (event) => {
  event.res.headers.set("ETag", '"7"');
  return { ok: true };
});
app.get("/account/broken", () => {
  throw new Error("the database is gone");
});
