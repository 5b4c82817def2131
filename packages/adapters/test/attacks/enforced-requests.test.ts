import { createMatcher } from "@corslang/runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Application } from "../applications/application.js";
import { FRAMEWORKS } from "../applications/frameworks.js";
import { corsLines } from "../http-client.js";
import { account } from "../policies.js";
import { openRawConnection, type RawAnswer, type RawConnection } from "./raw-connection.js";

/*
 * With `enforce`, an adapter reads more of a request: Sec-Fetch-Site, Host, and what a framework makes of them. Whatever
 * is in there, a request of another origin does not reach the handler, and nothing fails.
 */

/** Values of Host that no URL can have, or that are read in more ways than one. Some platforms refuse them with 400. */
const HOSTS = [
  ...["[", "[::1", "]", "a b", "%", "%2e", "", "a:99999", "a:b", ":80", ":", "a@b", "a/b", "a?b", "a#b", "\\", "\xff"],
  ...[
    "a".repeat(8000),
    "a.".repeat(4000),
    "::1",
    "[::1]:80",
    "[::ffff:1.2.3.4]",
    "xn--",
    "0x7f.1",
    "1.2.3.4.5",
    "256.1.1.1",
  ],
  ...["api.example:80", "API.EXAMPLE", "api.example.", "*", "null", "http://evil.test", "\t", "a,b", "a;b"],
  ...["__proto__", "constructor", "undefined", "<script>"],
];

const SITES = [
  ...[
    "",
    "none",
    "same-site",
    "cross-site",
    "Same-Origin",
    "SAME-ORIGIN",
    "same-origin, same-origin",
    "same-origin,",
    "*",
  ],
  ...[
    "same-origin;x=1",
    '"same-origin"',
    "same-origin x",
    "x same-origin",
    "same-originx",
    "a".repeat(8000),
    "\xff",
    "1",
  ],
];

const FORWARDED = [
  ["X-Forwarded-Host: evil.test", "X-Forwarded-Proto: http"],
  ["X-Forwarded-Host: evil.test, api.example"],
  ["Forwarded: host=evil.test;proto=http"],
  ["X-Forwarded-Proto: ://", "X-Forwarded-Host: ["],
  ["X-HTTP-Method-Override: OPTIONS", "Access-Control-Request-Method: PUT"],
  ["Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: same-origin"],
  ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-origin"],
];

/** Values with what names their tests. */
function named(values: readonly string[]): readonly (readonly [name: string, value: string])[] {
  return values.map((value) => [value.slice(0, 40), value]);
}

function requestOf(host: string, ...lines: readonly string[]): string {
  return [
    "POST /resource HTTP/1.1",
    `Host: ${host}`,
    "Origin: http://evil.test",
    "Content-Length: 0",
    ...lines,
    "",
    "",
  ].join("\r\n");
}

function digestOf(answer: RawAnswer | undefined): readonly unknown[] {
  return [answer?.status, corsLines(answer?.headerLines ?? [])];
}

describe.each(FRAMEWORKS)("%s", (_framework, start) => {
  let application: Application;
  let connection: RawConnection;
  beforeAll(async () => {
    application = await start(createMatcher(account), { enforce: true });
    connection = openRawConnection(application.port);
  });
  afterAll(async () => {
    connection.close();
    await application.close();
  });

  async function expectRefused(host: string, platformMayRefuse: boolean, ...lines: readonly string[]): Promise<void> {
    const runs = application.handlerRuns();
    const [answer] = await connection.send(requestOf(host, ...lines));
    if (!platformMayRefuse || answer?.status !== 400) expect(digestOf(answer)).toEqual([403, ["vary: origin"]]);
    else expect(digestOf(answer)).toEqual([400, []]);
    expect(application.handlerRuns()).toBe(runs);
  }

  test.each(named(HOSTS))("refuses another origin with the Host %j", (_name, host) => expectRefused(host, true));

  test.each(named(SITES))("refuses another origin with the Sec-Fetch-Site %j", (_name, site) =>
    expectRefused("api.example", false, `Sec-Fetch-Site: ${site}`),
  );

  test.each(FORWARDED)("refuses another origin with %s", (...lines) => expectRefused("api.example", false, ...lines));

  test("lets its own pages pass afterwards", async () => {
    const own = ["GET /resource HTTP/1.1", "Host: api.example", "Origin: http://api.example", "", ""].join("\r\n");
    const [answer] = await connection.send(own);
    expect(digestOf(answer)).toEqual([200, ["vary: origin"]]);
  });
});
