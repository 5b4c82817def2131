import rivalCors from "cors";
import express from "express";
import { packageOptions } from "../policies.mjs";
import { corsByHand } from "./node.mjs";

export const rival = "cors";

/** @returns {Promise<{ listener: Function }>} */
export async function createApplication({ subject, origins, ours }) {
  const app = express();
  if (subject === "corslang") app.use(ours.cors(ours.policy));
  else if (subject === "by hand") app.use(corsByHand(origins));
  else if (subject === rival) app.use(rivalCors(packageOptions(origins)));
  app.get("/", (_request, response) => {
    response.json({ ok: true });
  });
  // What a server without CORS does with a preflight at best; with CORS nothing arrives here.
  app.options("/", (_request, response) => {
    response.status(204).end();
  });
  return { listener: app };
}
