import { cors } from "@corslang/adapters/koa";
import Koa3 from "koa";
import Koa2 from "koa2";
import { type StartApplication, serve } from "./application.js";
import { HANDLERS, headersAsObject, METHODS, WITHOUT_OPTIONS, writeHead } from "./handlers.js";

/** Koa in both versions. */
export const KOA: readonly (readonly [name: string, Koa: typeof Koa3])[] = [
  ["Koa 3", Koa3],
  ["Koa 2", Koa2],
];

/** Makes an application that doesn't print errors. */
export function createApplication(Koa: typeof Koa3): Koa3 {
  const application = new Koa();
  application.silent = true;
  return application;
}

function starterFor(Koa: typeof Koa3): StartApplication {
  return async (policy, options) => {
    const application = createApplication(Koa);
    let runs = 0;
    application.use(cors(policy, options));
    application.use(async (context) => {
      const { path, method } = context;
      const handler = HANDLERS.find((candidate) => candidate.path === path);
      const methods: readonly string[] = path === WITHOUT_OPTIONS.path ? WITHOUT_OPTIONS.methods : METHODS;
      if ((!handler && path !== WITHOUT_OPTIONS.path) || !methods.includes(method)) return;
      runs++;
      if (!handler) {
        context.body = "handled";
        return;
      }
      if (handler.write === "throws") throw new Error("the handler fails");
      if (handler.write.startsWith("writeHead")) {
        context.respond = false;
        writeHead(context.res, handler);
        return;
      }
      context.status = handler.status;
      context.set(headersAsObject(handler));
      if (![204, 304].includes(handler.status)) context.body = "handled";
    });
    return { ...(await serve(application.callback())), handlerRuns: () => runs };
  };
}

/** A Koa 3 application. */
export const startKoa3 = starterFor(Koa3);

/** A Koa 2 application. */
export const startKoa2 = starterFor(Koa2);
