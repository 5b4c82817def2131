import { cors } from "@corslang/adapters/fetch";
import { serve } from "h3";
import { account } from "./api.cors.mjs";
import { app } from "./app.mjs";

app.fetch = cors(account, app.fetch);
serve(app);
