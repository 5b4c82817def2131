import { defineHandler } from "nitro";

export default defineHandler(() => {
  throw new Error("the database is gone");
});
