import { cors } from "@corslang/adapters/express";
import express from "express";
import api from "../api.cors.mjs";

const app = express();
app.use(cors(api));
app.use(express.json());

app.get("/orders", (_request, response) => {
  response.set("ETag", '"7"').json([{ id: 1, items: 3 }]);
});
app.put("/orders/:id", (request, response) => {
  response.json({ id: Number(request.params.id), ...request.body });
});
app.get("/broken", () => {
  throw new Error("the database is gone");
});

export const server = app.listen(Number(process.env.PORT ?? 0), "127.0.0.1");
