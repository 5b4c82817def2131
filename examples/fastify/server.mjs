import { cors } from "@corslang/adapters/fastify";
import Fastify from "fastify";
import api from "../api.cors.mjs";

const app = Fastify();
await app.register(cors, { policy: api });

app.get("/orders", (_request, reply) => reply.header("ETag", '"7"').send([{ id: 1, items: 3 }]));
app.put("/orders/:id", (request) => ({ id: Number(request.params.id), ...request.body }));
app.get("/broken", () => {
  throw new Error("the database is gone");
});

await app.listen({ port: Number(process.env.PORT ?? 0), host: "127.0.0.1" });
export const { server } = app;
