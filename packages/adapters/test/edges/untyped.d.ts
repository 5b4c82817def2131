/** What these packages export, as far as tests use it: they have no types of their own. */
declare module "compression" {
  import type { RequestHandler } from "express";
  export default function compression(): RequestHandler;
}

declare module "cors" {
  import type { RequestHandler } from "express";
  export default function cors(options: object): RequestHandler;
}

declare module "@koa/cors" {
  import type { Middleware } from "koa";
  export default function cors(options: object): Middleware;
}

declare module "koa-static" {
  import type { Middleware } from "koa";
  export default function serve(root: string, options?: { readonly defer?: boolean }): Middleware;
}
