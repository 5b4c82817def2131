import type { CompiledPolicy, CorsRequest } from "../src/index.js";
import type { Random } from "./random.js";
import { manyOrigins, randomOrigin, randomPattern, relatedPatterns } from "./random-origins.js";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY", "x-odd!"];
const NAMES = [
  "authorization",
  "content-type",
  "x",
  "x-request-id",
  "x-request",
  "content",
  "if-match",
  "a",
  "k",
  "x_y",
  // Characters that are next to letters, or 32 from others that no name has.
  "x`1~",
  `x-${"l".repeat(126)}`,
];
const OTHER_NAMES = ["x-evil", "cookie", "content-typ", "content-types", "*", "X-Other", "xx", "y".repeat(128)];
const ODD_ELEMENTS = [
  "x y",
  "a:b",
  "\u212a",
  "\u00a0x\u00a0",
  "(x)",
  "z".repeat(129),
  "a\nb",
  "x;q=1",
  '"x"',
  "\u0130",
  // One of NAMES with the character 32 before, as if that were its upper case.
  "x@1~",
];

function someOf(random: Random, list: readonly string[]): string[] {
  return random.shuffle(list).slice(0, random.between(0, list.length));
}

/** Lists of every kind that the matcher treats in a way of its own, alone and mixed. */
function randomOrigins(random: Random): string[] {
  const several = random.several(0, 6, () => randomPattern(random));
  const kind = random.fraction();
  if (kind < 0.4) return several;
  if (kind < 0.45) return random.several(1, 1, () => randomPattern(random));
  if (kind < 0.65) return [...relatedPatterns(random), ...(random.chance(0.3) ? several : [])];
  if (kind < 0.75) return [...manyOrigins(random), ...(random.chance(0.5) ? several : [])];
  return [...manyOrigins(random), ...relatedPatterns(random).slice(0, random.pick([3, 20]))];
}

/** A policy as the compiler could emit it. */
export function randomPolicy(random: Random): CompiledPolicy {
  const origins = random.shuffle([...new Set(randomOrigins(random))]);
  const shared = {
    version: 1,
    name: "default",
    maxAge: random.pick([null, 0, 600, 86400]),
  } as const;
  const lists = {
    methods: someOf(random, METHODS),
    headers: random.chance(0.02) ? [...NAMES, `x-${"m".repeat(140)}`] : someOf(random, NAMES),
    expose: someOf(random, ["ETag", "X-Request-Id", "Location"]),
  };
  if (random.chance(0.4)) return { ...shared, origins, ...lists, credentials: true };
  const starOr = <List>(list: List, probability: number): List | "*" => (random.chance(probability) ? "*" : list);
  return {
    ...shared,
    origins: starOr(origins, 0.06),
    methods: starOr(lists.methods, 0.15),
    headers: starOr(lists.headers, 0.1),
    expose: starOr(lists.expose, 0.15),
    credentials: false,
  };
}

function randomMethod(random: Random, policy: CompiledPolicy): string {
  const known = policy.methods === "*" ? METHODS : ["GET", "HEAD", "POST", ...policy.methods];
  const method = random.pick(known);
  if (random.chance(0.8)) return method;
  return random.pick([
    method.toLowerCase(),
    `${method} `,
    `${method},${method}`,
    random.pick(METHODS),
    "",
    "*",
    "P\u00dcT",
    "M".repeat(random.pick([127, 128, 129])),
  ]);
}

function randomBlanks(random: Random): string {
  return Array.from({ length: random.between(0, 2) }, () => random.pick(" \t")).join("");
}

function changeCase(random: Random, text: string): string {
  return [...text].map((character) => (random.chance(0.5) ? character.toUpperCase() : character)).join("");
}

/** Names of the policy with the liberties that are taken on the way, now and then one too many, or a stranger. */
function randomRequestHeaders(random: Random, policy: CompiledPolicy): string | null {
  if (random.chance(0.1)) return null;
  const known = policy.headers === "*" ? NAMES : policy.headers;
  let elements = someOf(random, known);
  const most = 2 * known.length + 16;
  if (random.chance(0.3)) elements.push(...someOf(random, elements));
  if (random.chance(0.1)) elements.push(random.pick(OTHER_NAMES));
  if (random.chance(0.1)) elements.push(random.pick(ODD_ELEMENTS));
  if (random.chance(0.2)) elements.push(...random.several(0, 3, () => ""));
  if (random.chance(0.06)) elements.push(...random.several(14, 17, () => ""));
  if (random.chance(0.08) && known.length > 0) {
    const padding = most + random.pick([-1, 0, 0, 1]) - elements.length;
    for (let index = 0; index < padding; index++) elements.push(random.pick(known));
  }
  elements = random.shuffle(elements);
  if (random.chance(0.2)) elements = elements.map((element) => changeCase(random, element));
  if (random.chance(0.2)) {
    elements = elements.map((element) => randomBlanks(random) + element + randomBlanks(random));
  }
  const value = elements.join(random.pick([",", ",", ", "]));
  if (random.chance(0.05)) {
    const blanks = (value.match(/[ \t]/g) ?? []).length;
    return value + " ".repeat(Math.max(0, most + random.pick([-1, 0, 1]) - blanks));
  }
  // White space within a name.
  if (random.chance(0.04)) return value.replace("-", random.pick([" -", "- ", "\t-"]));
  // 32 less is the letter in upper case, where it is one.
  if (random.chance(0.05) && value !== "") {
    const others = [...value.matchAll(/[^a-z]/g)].map(({ index }) => index);
    const at = random.chance(0.5) && others.length > 0 ? random.pick(others) : random.between(0, value.length - 1);
    return value.slice(0, at) + String.fromCharCode(Math.abs(value.charCodeAt(at) - 32)) + value.slice(at + 1);
  }
  if (random.chance(0.05)) {
    const at = random.between(0, value.length);
    return value.slice(0, at) + random.pick(", \txA:é\u0000") + value.slice(at);
  }
  return value;
}

/** A request that the policy allows, or one that differs a little from such a request. */
export function randomRequest(random: Random, policy: CompiledPolicy): CorsRequest & { readonly origin: string } {
  const origin = randomOrigin(random, policy.origins === "*" ? [] : policy.origins);
  const isOptions = random.chance(0.75);
  return {
    method: isOptions ? "OPTIONS" : random.pick(["GET", "POST", "DELETE", "options"]),
    origin,
    requestMethod: random.chance(0.95) ? randomMethod(random, policy) : undefined,
    requestHeaders: randomRequestHeaders(random, policy),
  };
}
