import { text } from "node:stream/consumers";
import { cors } from "@corslang/adapters/koa";
import Koa from "koa";
import api from "../api.cors.mjs";

const app = new Koa();
app.use(cors(api));

app.use(async (context) => {
  const { method, path } = context;
  if (method === "GET" && path === "/orders") {
    context.set("ETag", '"7"');
    context.body = [{ id: 1, items: 3 }];
  } else if (method === "PUT" && path.startsWith("/orders/")) {
    context.body = { id: Number(path.slice("/orders/".length)), ...JSON.parse(await text(context.req)) };
  } else if (path === "/broken") {
    throw new Error("the database is gone");
  }
});

export const server = app.listen(Number(process.env.PORT ?? 0), "127.0.0.1");
