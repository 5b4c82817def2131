import { cors } from "@corslang/adapters/express";
import { NestFactory } from "@nestjs/core";
import { account } from "../api.cors.mjs";
import { AppModule } from "./app.module.js";

const app = await NestFactory.create(AppModule);
app.use(cors(account));
await app.listen(process.env.PORT ?? 3000);
