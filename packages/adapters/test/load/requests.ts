import type { CompiledPolicy } from "@corslang/runtime";
import { Random } from "../../../runtime/test/random.js";
import { randomRequest } from "../../../runtime/test/random-requests.js";
import { hostileRequests } from "../attacks/hostile-requests.js";
import { bytesOf, type RawRequest, rawRequest } from "../attacks/raw-request.js";
import { openLists } from "../policies.js";
import { type Expected, expectAnswer } from "./expected-answer.js";

/*
 * What servers are loaded with. Most requests have a number in them that no other has: what a server keeps of a request,
 * or gives to another one, is seen by that alone.
 */

/** Stands for the number in a request. Letters, as numbers are digits: it is never sent. */
export const NUMBER_PLACE = "nnnnnnnn";

/** The number as it is sent: always of one length, so that lengths are the same, too. */
export function writeNumber(number: number): string {
  return String(10_000_000 + number);
}

/** A request with a place for a number, and the one right answer with the same place. */
export interface LoadRequest {
  /** The bytes before, between and behind the places of the number. */
  readonly parts: readonly string[];
  readonly expected: Expected;
}

/** The kinds of requests, and how many of a hundred are of each. Long ones are rare: they take most of the time. */
const SHARES = {
  "not CORS": 10,
  allowed: 30,
  denied: 22,
  "preflight passed": 16,
  "preflight failed": 16,
  random: 5,
  hostile: 1,
} as const;

type Kind = keyof typeof SHARES;

/** What a server under one policy gets. */
export interface LoadRequests {
  /** Picks one that an application answers. */
  readonly pick: (random: Random) => LoadRequest;
  /** Those that Node's parser refuses, before any of ours runs. */
  readonly refused: readonly RawRequest[];
}

/** What all servers are loaded with. Making it takes longer than starting a server. */
export interface LoadMix {
  readonly seed: number;
  /** In the order of {@link POLICIES}. */
  readonly requests: readonly LoadRequests[];
}

/** With each kind of pattern; the number can be a part of an allowed origin. */
export const accounts: CompiledPolicy = {
  version: 1,
  name: "accounts",
  origins: [
    "https://app.example.com",
    "https://*.apps.example.com",
    "https://preview-*.example.dev",
    "http://localhost:*",
  ],
  methods: ["PUT", "DELETE"],
  headers: ["authorization", "content-type", "x-request-id"],
  expose: ["ETag", "X-Total"],
  credentials: true,
  maxAge: 600,
};

/** What the servers are loaded under. */
export const POLICIES: readonly CompiledPolicy[] = [accounts, openLists];

const PATHS = [
  "/resource",
  "/own-vary",
  "/own-vary-origin",
  "/write-head-list",
  "/write-head-object",
  "/cookies",
  "/own-cors",
];

const ALLOWED = [
  "https://app.example.com",
  `https://t${NUMBER_PLACE}.apps.example.com`,
  `https://eu.t${NUMBER_PLACE}.apps.example.com`,
  `https://preview-${NUMBER_PLACE}.example.dev`,
  "http://localhost:5173",
];

const DENIED = [
  "null",
  "https://evil.test",
  `https://t${NUMBER_PLACE}.evil.test`,
  `https://t${NUMBER_PLACE}.apps.example.com.evil.test`,
  `https://evil-${NUMBER_PLACE}apps.example.com`,
  `http://t${NUMBER_PLACE}.apps.example.com`,
  `https://t${NUMBER_PLACE}.apps.example.com:8443`,
  `https://T${NUMBER_PLACE}.apps.example.com`,
  `https://preview-${NUMBER_PLACE}.a.example.dev`,
  `https://app.example.com, https://t${NUMBER_PLACE}.apps.example.com`,
  `https://app.example.com/${NUMBER_PLACE}`,
];

/** What browsers send beside that, so that heads are as long as usual. */
const BESIDE = ["User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Accept: */*"];

function actual(path: string, origin: string): RawRequest {
  return rawRequest(`GET ${path}`, ...BESIDE, `Origin: ${origin}`);
}

function preflight(origin: string, method: string, headers: string): RawRequest {
  const lines = [`Access-Control-Request-Method: ${method}`, `Access-Control-Request-Headers: ${headers}`];
  return rawRequest("OPTIONS /resource", ...BESIDE, `Origin: ${origin}`, ...lines);
}

const notCors: readonly RawRequest[] = [
  ...PATHS.map((path) => rawRequest(`GET ${path}`, ...BESIDE)),
  ...["PUT", "DELETE", "OPTIONS"].map((method) => rawRequest(`${method} /resource`, ...BESIDE)),
  rawRequest("OPTIONS /resource", ...BESIDE, "Access-Control-Request-Method: PUT"),
  rawRequest("GET /resource", ...BESIDE, `X-Origin: https://t${NUMBER_PLACE}.apps.example.com`),
];

const allowed: readonly RawRequest[] = ALLOWED.flatMap((origin) => [
  ...PATHS.map((path) => actual(path, origin)),
  ...["PUT", "DELETE", "OPTIONS"].map((method) => rawRequest(`${method} /resource`, ...BESIDE, `Origin: ${origin}`)),
]);

const denied: readonly RawRequest[] = DENIED.flatMap((origin) => PATHS.map((path) => actual(path, origin)));

const passedPreflights: readonly RawRequest[] = ALLOWED.flatMap((origin) => [
  preflight(origin, "PUT", "content-type"),
  preflight(origin, "POST", "content-type,x-request-id"),
  preflight(origin, "PUT", "Content-Type, X-Request-Id,"),
  rawRequest("OPTIONS /resource", ...BESIDE, `Origin: ${origin}`, "Access-Control-Request-Method: PUT"),
]);

const failedPreflights: readonly RawRequest[] = [
  ...DENIED.map((origin) => preflight(origin, "PUT", "content-type")),
  ...ALLOWED.flatMap((origin) => [
    preflight(origin, "TRACE", "content-type"),
    preflight(origin, `M${NUMBER_PLACE}`, "content-type"),
    preflight(origin, "put", "content-type"),
    preflight(origin, "PUT", `content-type,x-${NUMBER_PLACE}`),
    preflight(origin, "PUT", `${NUMBER_PLACE} content-type`),
    preflight(origin, "PUT", ",".repeat(40)),
  ]),
];

/** Of the hostile ones, those that leave the connection as it is, for a path that every application answers alike. */
function isPipelined({ bytes }: RawRequest): boolean {
  return /^(GET|OPTIONS) \/resource HTTP\/1\.1\r\n/.test(bytes) && !/^(connection|upgrade):/im.test(bytes);
}

function makeRandom(policy: CompiledPolicy, random: Random): RawRequest {
  const { method, origin, requestMethod, requestHeaders } = randomRequest(random, policy);
  const lines = [
    ["Origin", origin],
    ["Access-Control-Request-Method", requestMethod],
    ["Access-Control-Request-Headers", requestHeaders],
  ].flatMap(([name, value]) => (typeof value === "string" ? [`${name}: ${bytesOf(value)}`] : []));
  return rawRequest(`${method} /resource`, ...lines);
}

const RANDOM_REQUESTS = 1000;

function toLoadRequest(policy: CompiledPolicy, { bytes, facts }: RawRequest): readonly LoadRequest[] {
  return facts === null ? [] : [{ parts: bytes.split(NUMBER_PLACE), expected: expectAnswer(policy, bytes, facts) }];
}

function makeLoadRequests(policy: CompiledPolicy, seed: number): LoadRequests {
  const random = new Random(seed);
  const made: Readonly<Record<Kind, readonly RawRequest[]>> = {
    "not CORS": notCors,
    allowed,
    denied,
    "preflight passed": passedPreflights,
    "preflight failed": failedPreflights,
    // Methods in lower case are refused by Node's parser.
    random: Array.from({ length: RANDOM_REQUESTS }, () => makeRandom(policy, random)).filter(isPipelined),
    hostile: hostileRequests.map(([, request]) => request).filter(isPipelined),
  };
  // The cast holds: the kinds are the keys.
  const kinds = (Object.keys(SHARES) as Kind[]).flatMap((kind) => {
    const requests = made[kind].flatMap((request) => toLoadRequest(policy, request));
    return Array.from({ length: SHARES[kind] }, () => requests);
  });
  return {
    pick: (picking) => picking.pick(picking.pick(kinds)),
    refused: hostileRequests.map(([, request]) => request).filter(({ facts }) => facts === null),
  };
}

/**
 * Makes requests for every policy.
 *
 * @param seed - Of the random ones, and of the choices among all.
 */
export function makeLoadMix(seed: number): LoadMix {
  return { seed, requests: POLICIES.map((policy) => makeLoadRequests(policy, seed)) };
}
