import { cors } from "@corslang/adapters/fetch";
import { Elysia } from "elysia";
import { account } from "./api.cors.mjs";
import { app } from "./app";

new Elysia().mount(cors(account, app.fetch)).listen(process.env.PORT ?? 3000);
