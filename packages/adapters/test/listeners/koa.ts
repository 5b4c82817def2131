import { Readable } from "node:stream";
import { cors } from "@corslang/adapters/koa";
import type Koa from "koa";
import { createApplication } from "../applications/koa.js";
import { type CreateListener, headersAsObject, isBelow } from "./application.js";

/** Makes Koa applications, in any version. */
export function createKoaListener(version: typeof Koa): CreateListener {
  return async (mounts, answering) => {
    const application = createApplication(version);
    for (const mount of mounts) {
      const middleware = cors(mount.policy, mount.options);
      application.use((context, next) => (isBelow(mount, context.url) ? middleware(context, next) : next()));
    }
    application.use(({ method, url, headers, response }) => {
      const answer = answering({ method, target: url, headers });
      if (!answer) return;
      response.status = answer.status;
      response.set(headersAsObject(answer));
      const { body } = answer;
      if (body !== null) response.body = typeof body === "string" ? body : Readable.from(body);
    });
    return application.callback();
  };
}
