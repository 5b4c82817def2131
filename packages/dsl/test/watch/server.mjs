/* A server whose policy follows its file, as an application has it; prints its port. */
import { cors } from "@corslang/adapters/express";
import { watchPolicy } from "@corslang/dsl/watch";
import express from "express";

const policy = await watchPolicy("./api.cors", JSON.parse(process.argv[2] ?? "{}"));
const app = express();
app.use(cors(policy));
app.get("/", (_request, response) => {
  response.send("hello");
});
const server = app.listen(0, "127.0.0.1", () => console.log(server.address().port));
