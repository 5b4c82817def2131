import { Controller, Get } from "@nestjs/common";
import { RouteConfig } from "@nestjs/platform-fastify";
import { openData } from "../api.cors.mjs";

@Controller("stations")
export class StationsController {
  @Get()
  @RouteConfig({ cors: openData })
  list() {
    return [];
  }
}
