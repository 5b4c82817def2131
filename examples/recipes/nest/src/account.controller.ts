import { Controller, Get, Header, Put } from "@nestjs/common";

@Controller("account")
export class AccountController {
  @Get("name")
  @Header("ETag", '"7"')
  read() {
    return { ok: true };
  }

  @Put("name")
  @Header("ETag", '"7"')
  write() {
    return { ok: true };
  }

  @Get("broken")
  fail() {
    throw new Error("the database is gone");
  }
}
