import { cors } from "@corslang/adapters/hono";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import api from "../api.cors.mjs";

const app = new Hono();
app.use(cors(api));

app.get("/orders", (context) => context.json([{ id: 1, items: 3 }], 200, { ETag: '"7"' }));
app.put("/orders/:id", async (context) => {
  return context.json({ id: Number(context.req.param("id")), ...(await context.req.json()) });
});
app.get("/broken", () => {
  throw new Error("the database is gone");
});

export const server = serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 0), hostname: "127.0.0.1" });
