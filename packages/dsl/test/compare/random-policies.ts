import type { Random } from "../../../runtime/test/random.js";

/*
 * Policies that differ in little, over few names: so that two of them often have much in common, and every request that
 * they could tell apart can be tried.
 */

const PATTERNS = [
  "https://example.com",
  "https://*.example.com",
  "https://a.example.com",
  "https://*.a.example.com",
  "https://a-*.example.com",
  "https://*-b.example.com",
  "https://a-*-b.example.com",
  "https://example.com:8443",
  "unsafe https://example.com:*",
  "unsafe https://*.example.com:*",
  "http://localhost",
  "http://localhost:*",
  "unsafe http://example.com",
  "app://a.example.com",
];

/** Origins of which each pattern, and what two patterns have in common or not, has at least one. */
export const ORIGINS = [
  "https://example.com",
  "https://example.com:8443",
  "https://example.com:1",
  "https://a.example.com",
  "https://a.example.com:8443",
  "https://b.example.com",
  "https://a.a.example.com",
  "https://b.a.example.com",
  "https://a-.example.com",
  "https://a-c.example.com",
  "https://a-b.example.com",
  "https://a-c-b.example.com",
  "https://c-b.example.com",
  "https://c-b.example.com:1",
  "https://a-b.b.example.com",
  "https://other.test",
  "http://localhost",
  "http://localhost:3000",
  "http://example.com",
  "http://other.test",
  "app://a.example.com",
  "app://b.example.com",
  "null",
  "https://EXAMPLE.com",
  "https://a.example.com/",
];

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];
/** Beside those that are listed, one in another case and one that no policy lists. */
export const REQUEST_METHODS = ["GET", "HEAD", "PUT", "put", "PATCH", "patch", "DELETE", "REPORT", "TRACE"];

const REQUEST_HEADERS = ["Content-Type", "X-A", "x-a", "X-B", "Authorization"];
export const ASKED_HEADERS = ["content-type", "x-a", "x-b", "authorization", "x-never-listed"];

const RESPONSE_HEADERS = ["ETag", "etag", "X-R", "Cache-Control"];
export const ANSWERED_HEADERS = ["etag", "x-r", "cache-control", "x-never-exposed", "set-cookie"];

const AGES = ["0", "5", "600", "10m", "1h", "none"];

/** The settings of a policy; what is left out is not written. */
type Settings = Readonly<Record<string, string | null>>;

/** Some of the items. Order and repeats have no meaning. */
function list(random: Random, items: readonly string[]): string {
  const some = random.shuffle(items.filter(() => random.chance(1 / 3)));
  return some.length > 0 ? [...some, ...some.slice(0, random.between(0, 1))].join(", ") : "none";
}

function randomSettings(random: Random): Settings {
  const credentials = random.chance(1 / 3);
  const orStar = (text: string, star = "*") => (!credentials && random.chance(1 / 5) ? star : text);
  const orNothing = (text: string) => (random.chance(1 / 5) ? null : text);
  return {
    origins: orStar(list(random, credentials ? PATTERNS : [...PATTERNS, "unsafe null"])),
    methods: orNothing(orStar(list(random, METHODS))),
    headers: orNothing(orStar(list(random, REQUEST_HEADERS), "*, Authorization")),
    expose: orNothing(orStar(list(random, RESPONSE_HEADERS))),
    credentials: credentials ? "true" : orNothing("false"),
    "max-age": orNothing(random.pick(AGES)),
  };
}

/** Whether a policy with credentials says `*` or `null`. */
function hasError({ credentials, ...others }: Settings): boolean {
  return (
    credentials === "true" && Object.values(others).some((text) => text?.startsWith("*") || text?.includes("null"))
  );
}

function print(settings: Settings): string {
  return Object.entries(settings)
    .filter(([, text]) => text !== null)
    .map(([name, text]) => `${name} ${text}\n`)
    .join("");
}

/** The texts of two policies without errors: any two, or one and the same with a setting or two written anew. */
export function randomPair(random: Random): readonly [before: string, after: string] {
  const before = randomSettings(random);
  const other = randomSettings(random);
  if (random.chance(1 / 3)) return [print(before), print(other)];
  const names = random.shuffle(Object.keys(other)).slice(0, random.between(1, 2));
  const after = { ...before, ...Object.fromEntries(names.map((name) => [name, other[name] ?? null])) };
  return hasError(after) ? [print(before), print(other)] : [print(before), print(after)];
}
