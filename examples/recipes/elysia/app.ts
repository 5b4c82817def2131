import { Elysia } from "elysia";

function name({ set }: { set: { headers: Record<string, string | number> } }) {
  set.headers.etag = '"7"';
  return { ok: true };
}

export const app = new Elysia()
  .get("/account/name", name)
  .put("/account/name", name)
  .get("/account/broken", () => {
    throw new Error("the database is gone");
  });
