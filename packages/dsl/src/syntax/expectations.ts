import { joinSpans } from "../text/span.js";
import type { Claim, ExpectationNode, Word } from "./ast.js";
import type { BlockElement, Element, Statement, TokenElement } from "./elements.js";
import { readItems } from "./items.js";
import { readName } from "./names.js";
import { isAtom, isToken, isWord, type Reading, reportSyntax, reportUnclosed } from "./reading.js";

/** What claims begin with. */
export const CLAIM_WORDS: readonly string[] = ["allow", "deny", "never"];

const FORM = "a claim is `allow METHOD from ORIGIN with HEADER, HEADER`, the same with `deny`, or `never ORIGIN`";

function toWord({ text, span }: TokenElement): Word {
  return { text, span };
}

function spanOf(statement: Statement) {
  return joinSpans(statement[0].span, (statement.at(-1) ?? statement[0]).span);
}

function readNever(statement: Statement, reading: Reading): Claim | null {
  const [head, pattern, extra] = statement;
  if (!isAtom(pattern) || extra) {
    reportSyntax(reading, (extra ?? head).span, "behind `never` comes one origin or pattern of origins");
    return null;
  }
  return { kind: "never", pattern: toWord(pattern), span: spanOf(statement) };
}

function readExchange(kind: "allow" | "deny", statement: Statement, reading: Reading): Claim | null {
  const [head, ...words] = statement;
  const method = isAtom(words[0]) && words[0].text !== "from" ? toWord(words[0]) : null;
  const [from, origin, as, ...headers] = method ? words.slice(1) : words;
  if (!isWord(from, "from") || !isAtom(origin)) {
    reportSyntax(reading, (from ?? words.at(-1) ?? head).span, FORM);
    return null;
  }
  if (as && !isWord(as, "with")) {
    reportSyntax(reading, as.span, FORM);
    return null;
  }
  if (as && headers.length === 0) reportSyntax(reading, as.span, "behind `with` come names of request headers");
  const wrong = headers.find((header) => !isToken(header));
  if (wrong) reportSyntax(reading, wrong.span, "the headers of a claim are names on its line, separated by commas");
  const names = readItems(headers.filter(isToken), "line", reading.report);
  return { kind, method, origin: toWord(origin), headers: names, span: spanOf(statement) };
}

/** Where a second claim begins on a line; a name of a header, which may be called so, has a comma or `with` before it. */
function findSecond(statement: Statement): number {
  return statement.findIndex((element, index) => {
    const previous = statement[index - 1];
    return (
      index > 1 && isAtom(element) && CLAIM_WORDS.includes(element.text) && isAtom(previous) && previous.text !== "with"
    );
  });
}

/** Claims on one line, which have to stand on lines of their own. */
function splitClaims(statement: Statement, reading: Reading): Statement[] {
  const at = findSecond(statement);
  if (at < 0) return [statement];
  const [head] = statement;
  const [second, ...others] = statement.slice(at);
  if (!second) return [statement];
  reportSyntax(reading, second.span, "a claim begins a new line");
  return [[head, ...statement.slice(1, at)], ...splitClaims([second, ...others], reading)];
}

function readClaim(statement: Statement, reading: Reading): Claim | null {
  const [head] = statement;
  if (isWord(head, "never")) return readNever(statement, reading);
  if (isWord(head, "allow")) return readExchange("allow", statement, reading);
  if (isWord(head, "deny")) return readExchange("deny", statement, reading);
  reportSyntax(reading, head.span, FORM);
  return null;
}

/** Reads `expect NAME when PROFILE { … }`; the words are those between `expect` and `{`. */
export function readExpectation(
  head: TokenElement,
  words: readonly Element[],
  block: BlockElement | null,
  reading: Reading,
): ExpectationNode {
  const before = reading.count();
  const [first, when, second, extra] = words;
  const policy = isWord(first, "default")
    ? toWord(first)
    : readName(first, head.span, "an expectation names its policy; write `expect NAME {`", reading);
  const wrong = when && !isWord(when, "when") ? when : extra;
  if (policy && wrong) reportSyntax(reading, wrong.span, "behind the policy comes `{`, or `when PROFILE {`");
  const profile =
    when && !wrong ? readName(second, when.span, "behind `when` comes the name of a profile", reading) : null;
  if (!block)
    reportSyntax(reading, (words.at(-1) ?? head).span, "here comes `{`, on the same line, and the claims behind it");
  else if (!block.closed) reportUnclosed(block, reading);
  const lines = (block?.statements ?? []).flatMap((statement) => splitClaims(statement, reading));
  const claims = lines.map((line) => readClaim(line, reading)).filter((claim) => claim !== null);
  const span = joinSpans(head.span, (block ?? words.at(-1) ?? head).span);
  return { policy, profile, claims, damaged: reading.count() > before, span };
}
