/** The older versions are installed under names of their own, and described well enough by the types of the newer. */
declare module "express4" {
  import express from "express";
  export default express;
}

declare module "koa2" {
  import Koa from "koa";
  export default Koa;
}
