import { cors } from "@corslang/adapters/fastify";
import { NestFactory } from "@nestjs/core";
import { FastifyAdapter, type NestFastifyApplication } from "@nestjs/platform-fastify";
import { account } from "../api.cors.mjs";
import { AppModule } from "./app.module.js";

const adapter = new FastifyAdapter();
await adapter.getInstance().register(cors, { policy: account });

const app = await NestFactory.create<NestFastifyApplication>(AppModule, adapter);
await app.listen(process.env.PORT ?? 3000);
