import { expect, test } from "vitest";
import { type HttpAnswer, parseHeaderLine, send, valuesOf } from "../../packages/adapters/test/http-client.js";
import type { RunningApplication } from "./application.js";

/** A request to a recipe's application, and the right answer under the policy `account` of examples/recipes/api.cors. */
export interface Exchange {
  readonly name: string;
  /** `METHOD /path`, then header lines. */
  readonly request: readonly [requestLine: string, ...headerLines: string[]];
  readonly status: number;
  /** All lines of `Access-Control-*`, and no others. */
  readonly cors: readonly string[];
  /** Names that Vary has, each once. Frameworks add their own. */
  readonly vary: readonly string[];
  /** The body, where it tells that the handler ran, or that it did not. */
  readonly body?: string;
}

const FROM_APP = "Origin: https://app.example.com";
const FROM_EVIL = "Origin: https://app.example.com.evil.test";
const HANDLED = '{"ok":true}';

const OF_PREFLIGHT = ["Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers"];
const ALLOWED = [
  "Access-Control-Allow-Origin: https://app.example.com",
  "Access-Control-Allow-Credentials: true",
  "Access-Control-Expose-Headers: ETag",
];

/** What a route that takes GET and PUT, and sends an ETag, answers. */
export function routeExchanges(path: string): readonly Exchange[] {
  return [
    {
      name: "a preflight that passes is answered with 204",
      request: [
        `OPTIONS ${path}`,
        FROM_APP,
        "Access-Control-Request-Method: PUT",
        "Access-Control-Request-Headers: content-type",
      ],
      status: 204,
      cors: [
        "Access-Control-Allow-Origin: https://app.example.com",
        "Access-Control-Allow-Credentials: true",
        "Access-Control-Allow-Methods: PUT,DELETE",
        "Access-Control-Allow-Headers: content-type",
        "Access-Control-Max-Age: 600",
      ],
      vary: OF_PREFLIGHT,
      body: "",
    },
    {
      name: "a preflight of a stranger fails with 403",
      request: [`OPTIONS ${path}`, FROM_EVIL, "Access-Control-Request-Method: PUT"],
      status: 403,
      cors: [],
      vary: OF_PREFLIGHT,
      body: "",
    },
    {
      name: "a preflight for a method that is not listed fails with 403",
      request: [`OPTIONS ${path}`, FROM_APP, "Access-Control-Request-Method: PATCH"],
      status: 403,
      cors: [],
      vary: OF_PREFLIGHT,
      body: "",
    },
    {
      name: "an allowed request runs the handler, and its answer has the headers",
      request: [`PUT ${path}`, FROM_APP],
      status: 200,
      cors: ALLOWED,
      vary: ["Origin"],
      body: HANDLED,
    },
    {
      name: "a denied request runs the handler, and its answer has no headers",
      request: [`GET ${path}`, FROM_EVIL],
      status: 200,
      cors: [],
      vary: ["Origin"],
      body: HANDLED,
    },
    {
      name: "a request without an origin has nothing to do with CORS",
      request: [`GET ${path}`],
      status: 200,
      cors: [],
      vary: ["Origin"],
      body: HANDLED,
    },
  ];
}

/** What is answered where there is no route. */
export const notFoundExchanges: readonly Exchange[] = [
  {
    name: "a page may read that there is nothing",
    request: ["GET /account/nothing", FROM_APP],
    status: 404,
    cors: ALLOWED,
    vary: ["Origin"],
  },
  {
    name: "a stranger may not",
    request: ["GET /account/nothing", FROM_EVIL],
    status: 404,
    cors: [],
    vary: ["Origin"],
  },
];

/** What is answered where a handler fails. */
export const errorExchanges: readonly Exchange[] = [
  {
    name: "a page may read that the handler failed",
    request: ["GET /account/broken", FROM_APP],
    status: 500,
    cors: ALLOWED,
    vary: ["Origin"],
  },
];

/** The lines of `Access-Control-*` as text: their names in lower case, sorted. */
export function corsLinesOf({ headerLines }: HttpAnswer): string[] {
  return toLines(headerLines).filter((line) => line.startsWith("access-control-"));
}

function toLines(lines: readonly (readonly [string, string])[]): string[] {
  return lines.map(([name, value]) => `${name.toLowerCase()}: ${value}`).sort();
}

/** The names in all lines of Vary, in lower case. */
export function varyOf(answer: HttpAnswer): string[] {
  return valuesOf(answer, "Vary").flatMap((line) => line.toLowerCase().split(/, ?/));
}

/** A test for each exchange. */
export function testExchanges(application: RunningApplication, exchanges: readonly Exchange[]): void {
  test.each(exchanges)("$name", async ({ request, status, cors, vary, body }) => {
    const answer = await send(application.port, ...request);
    expect(answer.status).toBe(status);
    expect(corsLinesOf(answer)).toEqual(toLines(cors.map(parseHeaderLine)));
    const known = new Set(OF_PREFLIGHT.map((name) => name.toLowerCase()));
    const names = varyOf(answer).filter((name) => known.has(name));
    expect(names.sort()).toEqual(vary.map((name) => name.toLowerCase()).sort());
    if (body !== undefined) expect(answer.body).toBe(body);
  });
}
