import express5 from "express";
import express4 from "express4";
import Koa3 from "koa";
import type { CreateListener } from "./application.js";
import { createExpressListener } from "./express.js";
import { createFastifyListener } from "./fastify.js";
import { createFetchListener } from "./fetch.js";
import { createHonoListener } from "./hono.js";
import { createKoaListener } from "./koa.js";
import { createConnectListener, createNodeListener } from "./node.js";

/** Every adapter on the frameworks that it is for: applications with many policies, for servers with and without TLS. */
export const LISTENERS: readonly (readonly [framework: string, create: CreateListener])[] = [
  ["Express 5", createExpressListener(express5)],
  ["Express 4", createExpressListener(express4)],
  ["Fastify 5", createFastifyListener],
  ["Koa 3", createKoaListener(Koa3)],
  ["Hono on @hono/node-server", createHonoListener],
  ["Connect", createConnectListener],
  ["node:http", createNodeListener],
  ["Fetch", createFetchListener],
];
