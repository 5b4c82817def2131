import type { RequestListener } from "node:http";
import { cors } from "@corslang/adapters/express";
import type { Express } from "express";
import express5 from "express";
import express4 from "express4";
import { type StartApplication, serve } from "./application.js";
import { HANDLERS, headersAsObject, WITHOUT_OPTIONS, writeHead } from "./handlers.js";

/** Express in both versions. */
export const EXPRESS: readonly (readonly [name: string, express: typeof express5])[] = [
  ["Express 5", express5],
  ["Express 4", express4],
];

/** Makes an application that doesn't print the stacks of errors. */
export function createApplication(express: typeof express5): Express {
  return express().set("env", "test");
}

/** An Express application as what `node:http` takes. */
export function listenerOf(application: Express): RequestListener {
  return (request, response) => application(request, response);
}

function starterFor(express: typeof express5): StartApplication {
  return async (policy, options) => {
    const application = createApplication(express);
    let runs = 0;
    application.use(cors(policy, options));
    for (const handler of HANDLERS) {
      application.all(handler.path, (_request, response) => {
        runs++;
        if (handler.write === "throws") throw new Error("the handler fails");
        if (handler.write.startsWith("writeHead")) return writeHead(response, handler);
        response.status(handler.status).set(headersAsObject(handler)).send("handled");
      });
    }
    application
      .route(WITHOUT_OPTIONS.path)
      .get((_request, response) => void response.send(`handled ${++runs}`))
      .put((_request, response) => void response.send(`handled ${++runs}`));
    return { ...(await serve(listenerOf(application))), handlerRuns: () => runs };
  };
}

/** An Express 5 application. */
export const startExpress5 = starterFor(express5);

/** An Express 4 application. */
export const startExpress4 = starterFor(express4);
