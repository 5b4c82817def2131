import { cors } from "@corslang/adapters/fetch";
import { NextResponse } from "next/server";
import { account } from "./api.cors.mjs";

export const proxy = cors(account, () => NextResponse.next());

export const config = { matcher: "/account/:path*" };
