import { cors } from "@corslang/adapters/hono";
import { getRequestListener } from "@hono/node-server";
import { createApplication } from "../applications/hono.js";
import type { CreateListener } from "./application.js";
import { answerRequest } from "./fetch.js";

/** Makes a Hono application on `@hono/node-server`. */
export const createHonoListener: CreateListener = async (mounts, answering) => {
  const application = createApplication();
  for (const { path, policy, options } of mounts) application.use(`${path}/*`, cors(policy, options));
  application.all("*", (context) => answerRequest(context.req.raw, answering) ?? context.notFound());
  return getRequestListener(application.fetch);
};
