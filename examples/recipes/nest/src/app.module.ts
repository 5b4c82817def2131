import { type MiddlewareConsumer, Module } from "@nestjs/common";
import { AccountController } from "./account.controller.js";
import { requireLogin } from "./require-login.js";
import { StationsController } from "./stations.controller.js";

@Module({ controllers: [AccountController, StationsController] })
export class AppModule {
  configure(consumer: MiddlewareConsumer) {
    consumer.apply(requireLogin).forRoutes("account/secret");
  }
}
