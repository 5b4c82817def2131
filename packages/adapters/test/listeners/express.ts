import { Readable } from "node:stream";
import { cors } from "@corslang/adapters/express";
import type express from "express";
import { createApplication, listenerOf } from "../applications/express.js";
import type { CreateListener } from "./application.js";

/** Makes Express applications, in any version. */
export function createExpressListener(version: typeof express): CreateListener {
  return async (mounts, answering) => {
    const application = createApplication(version);
    for (const { path, policy, options } of mounts) application.use(path, cors(policy, options));
    application.use(({ method, originalUrl, headers }, response, next) => {
      const answer = answering({ method, target: originalUrl, headers });
      if (!answer) return next();
      response.status(answer.status);
      for (const [name, value] of answer.headers) response.append(name, value);
      if (answer.body === null) return response.end();
      if (typeof answer.body === "string") return response.send(answer.body);
      return Readable.from(answer.body).pipe(response);
    });
    return listenerOf(application);
  };
}
