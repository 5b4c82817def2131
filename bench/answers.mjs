/*
 * What a server answered, as far as CORS is concerned, and where answers differ by design. Everything else has to be the
 * same before anything is timed: who answers with less is faster.
 */

/** Lists are compared as sets in lower case: the order, blanks and case of names mean nothing to a browser. */
function normalizeList(value) {
  const names = value.split(",").map((name) => name.trim().toLowerCase());
  return [...new Set(names)].sort().join(", ");
}

/** @param {Iterable<readonly [string, string]>} headers */
function toAnswer(status, headers, origin) {
  const answer = { status: String(status) };
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    if (key === "access-control-allow-origin") answer[key] = value === origin ? "the request's" : value;
    else if (key.startsWith("access-control-") || key === "vary") answer[key] = normalizeList(value);
  }
  return answer;
}

/** Of the head of an answer, as it goes over the wire. */
export function readHeadAnswer(head, origin) {
  const [statusLine, ...lines] = head.split("\r\n");
  const headers = lines.filter((line) => line !== "").map((line) => line.split(/: (.*)/s));
  return toAnswer(statusLine.split(" ")[1], headers, origin);
}

/** Of the head that a response of `node:http` has written. */
export function readNodeAnswer({ _header: head }, origin) {
  if (typeof head !== "string") throw new Error("no head was written");
  return readHeadAnswer(head, origin);
}

/** Of a response of the Fetch API. */
export function readFetchAnswer(response, origin) {
  return toAnswer(response.status, response.headers, origin);
}

const ALL_PREFLIGHTS = ["passed preflight", "failed preflight", "hostile preflight"];
const FAILED_PREFLIGHTS = ["failed preflight", "hostile preflight"];
const PACKAGES = ["cors", "@fastify/cors", "@koa/cors", "hono/cors"];

/** The members of an answer in which a failed preflight differs that is answered like a passed one. */
const OF_A_PASSED_PREFLIGHT = [
  "status",
  "access-control-allow-origin",
  "access-control-allow-credentials",
  "access-control-allow-methods",
  "access-control-allow-headers",
  "access-control-max-age",
];

/** Where and why answers differ from ours. */
export const DIFFERENCES = [
  {
    subjects: PACKAGES,
    kinds: ALL_PREFLIGHTS,
    members: ["vary"],
    why: "names `Origin` alone, or what it has reflected; ours and by hand also the two request headers of a preflight, for caches that keep the answers to OPTIONS",
  },
  {
    subjects: [...PACKAGES, "by hand"],
    kinds: FAILED_PREFLIGHTS,
    members: OF_A_PASSED_PREFLIGHT,
    why: "answers every preflight of an allowed origin with 204 and its lists, and leaves it to the browser to fail it; ours reads the names and answers 403 without telling the lists",
  },
  {
    subjects: ["cors", "@fastify/cors", "hono/cors"],
    kinds: ["denied", "not CORS"],
    members: ["access-control-allow-credentials", "access-control-expose-headers"],
    why: "sends these without `Access-Control-Allow-Origin`, where they do nothing; ours sends none",
  },
  {
    subjects: ["cors", "@fastify/cors", "hono/cors"],
    kinds: ALL_PREFLIGHTS,
    members: ["access-control-expose-headers"],
    why: "names the exposed headers in the answer to a preflight, of which no script reads anything; ours does not",
  },
];

/** The differences that are known of a subject's answers to a kind of request. */
function knownOf(subject, kind) {
  return DIFFERENCES.filter(({ subjects, kinds }) => subjects.includes(subject) && kinds.includes(kind));
}

/**
 * Compares the answers of all subjects with ours.
 *
 * @param {string} kind
 * @param {ReadonlyMap<string, Record<string, string>>} answers - By subject; "no CORS" is not compared.
 * @param {Record<string, string>} expected - Ours, or what stands in for it.
 * @returns {{ subject: string, kind: string, why: string }[]} The differences by design that were seen.
 * @throws Error where answers differ otherwise.
 */
export function compareAnswers(kind, answers, expected) {
  const seen = [];
  for (const [subject, answer] of answers) {
    const members = new Set([...Object.keys(answer), ...Object.keys(expected)]);
    const different = [...members].filter((member) => answer[member] !== expected[member]);
    const known = knownOf(subject, kind);
    const unknown = different.filter((member) => !known.some((one) => one.members.includes(member)));
    if (unknown.length > 0) {
      const show = (member) => `${member}: ${answer[member]}, expected ${expected[member]}`;
      throw new Error(`${subject} answers a request of the kind "${kind}" otherwise:\n${unknown.map(show).join("\n")}`);
    }
    for (const one of known) {
      if (different.some((member) => one.members.includes(member))) seen.push({ subject, kind, why: one.why });
    }
  }
  return seen;
}

/**
 * The differences that nobody has seen: they are gone, and are to be taken out above.
 *
 * @param {readonly { readonly subject: string, readonly why: string }[]} seen - Of all frameworks and kinds.
 * @returns {string[]}
 */
export function listUnseen(seen) {
  return DIFFERENCES.flatMap(({ subjects, why }) =>
    subjects
      .filter((subject) => !seen.some((one) => one.subject === subject && one.why === why))
      .map((subject) => `${subject}: ${why}`),
  );
}
