import { serve } from "@hono/node-server";
import handler from "./handler.mjs";

export const server = serve({
  fetch: handler.fetch,
  port: Number(process.env.PORT ?? 0),
  hostname: "127.0.0.1",
});
