import { createServer } from "node:http";
import { json } from "node:stream/consumers";
import { cors } from "@corslang/adapters/node";
import api from "../api.cors.mjs";

const withCors = cors(api);

async function handle(request, response) {
  const { method, url } = request;
  if (method === "GET" && url === "/orders") {
    response.setHeader("ETag", '"7"').end(JSON.stringify([{ id: 1, items: 3 }]));
  } else if (method === "PUT" && url.startsWith("/orders/")) {
    response.end(JSON.stringify({ id: Number(url.slice("/orders/".length)), ...(await json(request)) }));
  } else if (url === "/broken") {
    response.writeHead(500).end("the database is gone");
  } else {
    response.writeHead(404).end();
  }
}

export const server = createServer((request, response) => {
  response.setHeader("Content-Type", "application/json");
  withCors(request, response, () => handle(request, response));
}).listen(Number(process.env.PORT ?? 0), "127.0.0.1");
