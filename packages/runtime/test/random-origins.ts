import { Strategy } from "../src/limits.js";
import type { Random } from "./random.js";

const LABEL_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789-_";
const LABELS = ["app", "api", "a", "example", "preview", "eu", "www", "a-b", "_x", "xn--bcher-kva", "x1", "0", "null"];
const LAST_LABELS = ["com", "test", "dev", "example", "co", "c0m", "x-y"];
/**
 * What related patterns have before their common ending, and what a star of theirs now and then stands for: so the
 * origin of one ends as another does. Of `na.` and `0c.` the matcher makes the same number.
 */
const RELATED_NAMES = ["app", "pp", "p", "a", "app.a", "tenant-1", "tenant-2", "tenant-12", "na", "0c"];
const SCHEMES = ["capacitor", "tauri", "chrome-extension", "app+web.1", "x", `l${"o".repeat(62)}g`];
const IPV6 = ["[::1]", "[::]", "[2001:db8::1]", "[fe80::a:b]", "[1:2:3:4:5:6:7:8]", "[2001:0:0:1::1]", "[1:0:2::]"];
/** What people who test origin checks put in, and what is next to what is allowed. */
const HOSTILE_CHARACTERS = "az09-_.:/*@,; \t%[]\\#?+~!'\"(){}|^`$&=<>AZé\u212a\u017f\u3002\uff0e\u0000\n";
const HOSTILE_SUFFIXES = [".evil.test", "evil.test", "munity", "1.evil.test", "@evil.test", "/.evil.test", ".", "%00"];
const HOSTILE_PREFIXES = [
  "evil",
  "evil.",
  "evil-",
  "_",
  ".",
  "x.y.",
  "user@",
  "user:pw@",
  "evil.test/",
  "evil.test,",
  "-",
];
const ODD_PORTS = [
  "",
  "0",
  "00",
  "080",
  "0443",
  "80",
  "443",
  "65535",
  "65536",
  "99999",
  "100000",
  "1e3",
  "+80",
  " 80",
  "*",
];
const ODD_ENDS = ["/", "/path", "?", "#", "\\", ".", " ", ",", ", https://app.example.com", " https://evil.test", ";"];

function label(random: Random): string {
  if (random.chance(0.8)) return random.pick(LABELS);
  const length = random.chance(0.2) ? random.pick([62, 63]) : random.between(1, 8);
  return labelOfLength(random, length);
}

function labelOfLength(random: Random, length: number): string {
  return Array.from({ length }, () => random.pick(LABEL_CHARACTERS)).join("");
}

/** Labels and dots of just that length, none of the labels too long; the last begins with a letter. */
function labelsOfLength(random: Random, length: number): string {
  const labels: string[] = [];
  let left = length;
  while (left > 63) {
    // Never so much that the rest is a dot alone.
    const size = Math.min(random.between(40, 63), left - 2);
    labels.push(labelOfLength(random, size));
    left -= size + 1;
  }
  return [...labels, `z${labelOfLength(random, left - 1)}`].join(".");
}

function hostName(random: Random): string {
  if (random.chance(0.04)) return labelsOfLength(random, random.pick([120, 245, 252, 253]));
  return [...random.several(0, 3, () => label(random)), random.pick(LAST_LABELS)].join(".");
}

function ipv4(random: Random): string {
  return Array.from({ length: 4 }, () => random.pick([0, 1, 10, 127, 192, 255, random.between(0, 255)])).join(".");
}

function port(random: Random, scheme: string): string {
  const wanted = random.chance(0.6) ? random.pick([3000, 8080, 8443, 80, 443, 1, 65535]) : random.between(1, 65535);
  const isDefault = (scheme === "https" && wanted === 443) || (scheme === "http" && wanted === 80);
  return isDefault ? "" : `:${wanted}`;
}

function starHost(random: Random): string {
  const kind = random.fraction();
  const base = random.chance(0.06) ? labelsOfLength(random, random.pick([200, 248, 251])) : hostName(random);
  if (kind < 0.6 || base.length > 180) return `*.${base.slice(-251).replace(/^[.]+/, "")}`;
  const before = kind < 0.9 ? random.pick(["preview-", "pr", "x_", "a".repeat(60)]) : "";
  const after = kind < 0.8 || before.length > 50 ? "" : random.pick(["-preview", "x", "_y"]);
  return before + after === "" ? `*.${base}` : `${before}*${after}.${base}`;
}

/** A pattern of the language: of every kind, near the limits now and then. */
export function randomPattern(random: Random): string {
  const kind = random.fraction();
  if (kind < 0.03) return "null";
  if (kind < 0.13) {
    const scheme = random.pick(SCHEMES);
    return `${scheme}://${random.pick(["localhost", hostName(random)])}${random.chance(0.3) ? port(random, scheme) : ""}`;
  }
  const scheme = random.pick(["https", "https", "http"]);
  const host =
    kind < 0.5
      ? hostName(random)
      : kind < 0.85
        ? starHost(random)
        : random.pick(["localhost", "localhost", ipv4(random), random.pick(IPV6)]);
  const portPart = random.chance(0.25) ? ":*" : random.chance(0.3) ? port(random, scheme) : "";
  return `${scheme}://${host}${portPart}`;
}

/** Patterns whose endings are alike, the same, or endings of one another, with and without ports. */
export function relatedPatterns(random: Random): string[] {
  const base = random.pick(["example.com", "a.co", "dev", "x-y.test"]);
  // The base alone often: its ending is the one in which all others end.
  const names = ["", "", "", "", "tenant-x", ...RELATED_NAMES.map((name) => `${name}.`)];
  return random.several(2, random.pick([3, 5, 20]), () => {
    const star = random.pick(["*.", "*.", "*.", "pr-*.", "*-x.", "pr-*-x.", ""]);
    const port = random.pick(["", "", ":8443", ":18443", ":*"]);
    return `${random.pick(["https", "https", "http"])}://${star}${random.pick(names)}${base}${port}`;
  });
}

/** Origins in such numbers that they are compared one after another, or looked up. */
export function manyOrigins(random: Random): string[] {
  return random.several(
    Strategy.MOST_COMPARED - 2,
    Strategy.MOST_COMPARED + 3,
    () => `https://${random.pick(LABELS)}${random.between(0, 99)}.${random.pick(LAST_LABELS)}`,
  );
}

/** What a star before a dot may stand for. */
function subdomainLabels(random: Random): string {
  const labels = random.several(1, 3, () => label(random));
  return [...labels, ...random.several(0, 1, () => random.pick(RELATED_NAMES))].join(".");
}

/** An origin that a pattern stands for; now and then one that is a character beyond a limit. */
export function fillPattern(random: Random, pattern: string): string {
  const scheme = pattern.slice(0, pattern.indexOf("://"));
  const withPort = pattern.replace(/:\*$/, () => (random.chance(0.3) ? "" : port(random, scheme)));
  const host = withPort.slice(scheme.length + 3).replace(/:[0-9]+$/, "");
  if (host.startsWith("*.")) {
    const toTheLimit = 254 - host.length;
    const isLong = random.chance(0.08) && toTheLimit > 0;
    const star = isLong
      ? labelsOfLength(random, toTheLimit + random.pick([-1, 0, 0, 1]) || 1)
      : subdomainLabels(random);
    return withPort.replace("*", star);
  }
  const rest = host.split(".")[0]?.length ?? 1;
  if (random.chance(0.05)) return withPort.replace("*", "");
  const length = random.chance(0.1) ? Math.max(1, 64 - rest + random.pick([-1, 0, 1])) : random.between(1, 5);
  return withPort.replace("*", () => labelOfLength(random, length));
}

/** One small change, of the kinds by which origin checks have been passed. */
function editOrigin(random: Random, origin: string): string {
  const at = random.between(0, origin.length);
  const before = origin.slice(0, at);
  const after = origin.slice(at);
  const schemeEnd = origin.indexOf("://");
  const hostStart = schemeEnd < 0 ? 0 : schemeEnd + 3;
  const dots = [...origin.matchAll(/\./g)].map(({ index }) => index);
  const dot = dots.length > 0 ? random.pick(dots) : at;
  const character = random.pick(random.chance(0.5) ? HOSTILE_CHARACTERS : LABEL_CHARACTERS);
  const edits: (() => string)[] = [
    () => before + character + after,
    () => before + after.slice(1),
    () => before + character + after.slice(1),
    () => before + after.charAt(1) + after.charAt(0) + after.slice(2),
    () => before + after.charAt(0).toUpperCase() + after.slice(1),
    () => (random.chance(0.5) ? origin.toUpperCase() : origin.toLowerCase()),
    () => origin.replace(/^[a-z]*/, (scheme) => (scheme === "https" ? "http" : "https")),
    () => random.pick(["http://", "https://", "", "//", "file://", "ws://", "https:"]) + origin.slice(hostStart),
    () => random.pick(["x", " ", "https://", "[", "null "]) + origin,
    () => `${origin.replace(/:[0-9]*$/, "")}:${random.pick(ODD_PORTS)}`,
    () => `${origin.replace(/:[0-9]*$/, "")}:${random.between(1, 65535)}`,
    () => origin.replace(/:[0-9]*$/, ""),
    () => origin + random.pick(HOSTILE_SUFFIXES),
    () => origin.replace(/(:[0-9]*)?$/, (last) => random.pick(HOSTILE_SUFFIXES) + last),
    () => origin.slice(0, hostStart) + random.pick(HOSTILE_PREFIXES) + origin.slice(hostStart),
    () => `${origin.slice(0, hostStart)}${label(random)}.${origin.slice(hostStart)}`,
    () => origin.slice(0, hostStart) + origin.slice(hostStart).replace(/^[^.]*\./, ""),
    () => origin + random.pick(ODD_ENDS),
    () => `${origin.slice(0, dot)}${random.pick(LABEL_CHARACTERS)}${origin.slice(dot + 1)}`,
    () => `${origin.slice(0, dot)}.${origin.slice(dot)}`,
    () => `${origin.slice(0, hostStart)}${origin.slice(hostStart).replace(/\./, `${random.pick("./,-x")}.`)}`,
    () => `${origin}, ${origin}`,
    () =>
      random.pick(["null", "", "*", "https://*", "Null", `https://${ipv4(random)}`, `https://${random.pick(IPV6)}`]),
  ];
  return random.pick(edits)();
}

/** An origin grown from a policy's patterns: one of them filled in, then none, one or two small changes. */
export function randomOrigin(random: Random, patterns: readonly string[]): string {
  const pattern = patterns.length > 0 && random.chance(0.95) ? random.pick(patterns) : randomPattern(random);
  // Now and then with its star, which no browser sends.
  let origin = random.chance(0.01) ? pattern : fillPattern(random, pattern);
  for (let edits = random.pick([0, 0, 0, 0, 1, 1, 2]); edits > 0; edits--) origin = editOrigin(random, origin);
  return origin;
}
