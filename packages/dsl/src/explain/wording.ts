import { CORS_SAFELISTED_RESPONSE_HEADER_NAMES, enumerate, REFUSALS } from "@corslang/runtime/testing";
import { toPrintable } from "../diagnostics/pretty.js";
import { DEFAULT_PORTS } from "../origin/parse.js";
import type { TuplePattern } from "../origin/pattern.js";
import { type Explanation, isAllowed, type Obstacle, type Step } from "./explanation.js";
import type { Difference, OriginMiss } from "./origin-miss.js";

const LONGEST_QUOTE = 100;

/** Headers whose value decides whether they need a preflight. */
const SAFELISTED_BY_VALUE = ["accept", "accept-language", "content-language", "content-type", "range"];

/** A text of the request's or the policy's: short, and safe to print. */
export function quote(text: string): string {
  const short = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
  return `\`${toPrintable(short)}\``;
}

/** What is asked, in a line. */
export function describeQuestion({ question, method, policy, profile }: Explanation): string {
  const credentials = question.page.credentials === "include" ? " with credentials" : "";
  const name = profile === null ? quote(policy.name) : `${quote(policy.name)} for the profile ${profile}`;
  return `${toPrintable(method)} from ${quote(question.page.origin)}${credentials}, by the policy ${name}`;
}

function describePreflight(step: Extract<Step, { readonly kind: "preflight" }>): string {
  const { isNeeded, isMethodUnsafe, method, headers } = step;
  if (!isNeeded) return `${quote(method)} is sent at once, without a preflight`;
  const names = headers.map(([name, value]) => {
    return value !== null && SAFELISTED_BY_VALUE.includes(name) ? quote(`${name}: ${value}`) : quote(name);
  });
  const reasons = isMethodUnsafe ? [quote(method), ...names] : names;
  const because = reasons.length > 0 ? `, because of ${enumerate(reasons)}` : "";
  return `the browser asks first, by a preflight${because}`;
}

function describeReadable(names: "*" | readonly string[]): string {
  if (names === "*") return "the page can read every header of the answer but Set-Cookie";
  const always = CORS_SAFELISTED_RESPONSE_HEADER_NAMES.map(quote);
  return `of the headers of the answer, the page can read ${enumerate([...always, ...names.map(quote)])}`;
}

/** What a browser finds at a step. */
export function describeStep(step: Step): string {
  switch (step.kind) {
    case "same-origin":
      return "the page and the server are of one origin, so that CORS has no part in it";
    case "refused":
      return `the browser sends nothing: ${REFUSALS[step.refusal]}`;
    case "dropped-header":
      return `the browser leaves ${quote(step.name)} out: no script can set it`;
    case "preflight":
      return describePreflight(step);
    case "origin":
      if (!step.passes) return `${quote(step.origin)} is not in \`origins\``;
      if (step.item === "*") return "`origins *` lets every page in";
      return step.item === step.origin
        ? `${quote(step.origin)} is in \`origins\``
        : `${quote(step.origin)} is let in by ${quote(step.item ?? "")}`;
    case "credentials":
      if (step.passes) return "the policy allows credentials";
      return step.isStar
        ? "with credentials, browsers do not accept the `*` of `origins`"
        : "the page sends credentials, and the policy has no `credentials true`";
    case "method":
      if (!step.passes) return `${quote(step.method)} is not in \`methods\``;
      if (step.by === "star") return `\`methods *\` allows ${quote(step.method)}`;
      return step.by === "safelisted"
        ? `${quote(step.method)} passes always`
        : `${quote(step.method)} is in \`methods\``;
    case "header":
      if (!step.passes) return `${quote(step.name)} is not in \`headers\``;
      return step.by === "star" ? `\`headers *\` allows ${quote(step.name)}` : `${quote(step.name)} is in \`headers\``;
    case "readable":
      return describeReadable(step.names);
    case "read":
      if (step.by === "forbidden") return `browsers keep ${quote(step.name)} from all pages`;
      if (!step.passes) return `${quote(step.name)} is not in \`expose\``;
      if (step.by === "star") return `\`expose *\` covers ${quote(step.name)}`;
      return step.by === "safelisted"
        ? `every page may read ${quote(step.name)}`
        : `${quote(step.name)} is in \`expose\``;
  }
}

/** What comes of it all for the page. */
export function describeVerdict(explanation: Explanation): string {
  const { experience, obstacles } = explanation;
  switch (experience.outcome) {
    case "refused":
      return "denied: nothing is sent";
    case "preflight-failed":
      return "denied: the preflight fails, and the request is not sent";
    case "blocked":
      return "denied: the server gets the request and carries it out, and the page does not get the answer";
    case "readable": {
      if (isAllowed(explanation)) return "allowed: the page gets the answer";
      const names = obstacles.flatMap(({ step }) => (step.kind === "read" ? [quote(step.name)] : []));
      return `allowed, and the page gets the answer without ${enumerate(names)}`;
    }
  }
}

function describePort({ scheme, port }: TuplePattern): string {
  const own = DEFAULT_PORTS.get(scheme);
  return port === "default" && own !== undefined ? `; without one it stands for ${own}` : "";
}

const DIFFERENCES: Readonly<Record<Difference, (item: string, pattern: TuplePattern) => string>> = {
  scheme: (item) => `${item} differs only in the scheme`,
  port: (item, pattern) => `${item} differs only in the port${describePort(pattern)}`,
  "scheme-and-port": (item) => `${item} differs in the scheme and the port`,
  "loopback-name": (item) => `${item} is the same machine under another name, and to browsers another origin`,
  www: (item) => `${item} differs only in the \`www.\`, and is another origin`,
  "bare-domain": (item) => `${item} stands for subdomains, and not for the domain itself`,
  "too-many-labels": (item) => `there is a label too many for ${item}, whose \`*\` stands for no dot`,
  "nothing-for-star": (item) => `the \`*\` of ${item} stands for one character at least`,
  subdomain: (item) => `${item} stands for itself, and not for subdomains`,
  "look-alike": (item) => `this is another site that only looks like ${item}: anybody can register such a name`,
  typo: (item) => `${item} differs in a letter or two`,
  "typo-of-site": (item) =>
    `${item} differs in a letter or two; where it is mistyped, correct it, else this is another site`,
};

function describeOriginMiss(miss: Exclude<OriginMiss, { readonly kind: "nothing-near" }>): string {
  switch (miss.kind) {
    case "differs": {
      const { pattern, item } = miss.item;
      // What differs in something has a scheme and a host; `null` has neither.
      if (pattern.kind === "null") return "";
      const profile = miss.profile === null ? "" : `for the profile ${miss.profile}, `;
      return `${profile}${DIFFERENCES[miss.difference](quote(item.text), pattern)}`;
    }
    case "not-serialized": {
      if (miss.serialized === null) return "browsers send no such origin";
      const how = miss.isAllowed ? "which is allowed" : "which is not allowed either";
      return `browsers send ${quote(miss.serialized)}, ${how}`;
    }
    case "trailing-dot": {
      const how = miss.isAllowed ? "is allowed" : "is not allowed either";
      return `with a dot at its end it is another host; ${quote(miss.without)} ${how}`;
    }
    case "null-origin":
      return "sandboxed frames, `data:` and `file:` pages have the origin `null`, and so can anybody's page; serve the page from an origin of its own";
    case "nobody":
      return "the policy lets nobody in";
  }
}

/** What comes near to what is in the way, or what else to do about it; `null` where there is nothing to say. */
export function describeMiss({ step, miss }: Obstacle, { allowedWith }: Explanation): string | null {
  switch (miss?.kind) {
    case "star-with-credentials":
      return "leave the credentials out, or list the origins, write no other `*`, and set `credentials true`";
    case "forbidden-response-header":
      return null;
    case "method-case": {
      const advice = miss.item ? "which is in `methods`" : "and list it in `methods`";
      const method = step.kind === "method" ? step.method : "";
      return `browsers send ${quote(method)} as it is written; write ${quote(miss.upperCase)} in the script, ${advice}`;
    }
    case "name-typo":
      return `${quote(miss.item.text)} differs in a letter or two; is it the one that is meant?`;
    case undefined:
      return step.kind === "credentials" ? "a page that needs no cookies leaves the credentials out" : null;
    case "nothing-near":
      // With a profile there is something.
      return allowedWith.length > 0 ? null : "no item of `origins` is like it";
    default:
      return miss === null ? null : describeOriginMiss(miss);
  }
}
