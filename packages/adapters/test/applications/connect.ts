import { cors } from "@corslang/adapters/node";
import connect from "connect";
import { type StartApplication, serve } from "./application.js";
import { handle } from "./node.js";

/** A Connect application. Under NODE_ENV=test, as here, it doesn't print the stacks of errors. */
export const startConnect: StartApplication = async (policy, options) => {
  const application = connect();
  let runs = 0;
  application.use(cors(policy, options));
  application.use((request, response) => handle(request, response, () => runs++));
  return { ...(await serve(application)), handlerRuns: () => runs };
};
