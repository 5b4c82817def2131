import { cors } from "@corslang/adapters/fetch";
import { createMatcher, type Matcher } from "@corslang/runtime";
import { describe, expect, test } from "vitest";
import { compileBlock } from "./compile-block.js";
import { type Block, DOCUMENTS, readBlocks, readTag } from "./markdown.js";

/*
 * Where a document shows a `curl` and then an answer, the answer is what the first policy of the document's api.cors
 * says. Headers that have nothing to do with CORS are left out there and here.
 */

interface Exchange {
  readonly command: Block;
  readonly answer: Block;
  readonly policy: Matcher;
}

function readExchanges(document: string): Exchange[] {
  const blocks = readBlocks(document);
  const source = blocks.find((block) => readTag(block, "file") === "api.cors");
  return blocks.flatMap((answer, index) => {
    const command = blocks[index - 1];
    if (answer.language !== "http" || !command) return [];
    const [policy] = source ? compileBlock(source).policies : [];
    if (!policy) throw new Error(`${document} has answers and no policy api.cors`);
    return [{ command, answer, policy: createMatcher(policy.compiled) }];
  });
}

function toRequest({ text }: Block): Request {
  const [url = ""] = /http:\S+/.exec(text) ?? [];
  const [, method = "GET"] = /-X (\w+)/.exec(text) ?? [];
  const headers = [...text.matchAll(/-H '([^:]+): ([^']+)'/g)].map(([, name = "", value = ""]): [string, string] => [
    name,
    value,
  ]);
  return new Request(url, { method, headers });
}

/** Status and headers, without regard to case and order. */
function normalize(lines: readonly string[]): string[] {
  const [status = "", ...headers] = lines.filter(Boolean);
  const normalized = headers.map((line) => line.replace(/^[^:]+/, (name) => name.toLowerCase()));
  return [status.split(" ")[1] ?? "", ...normalized.sort()];
}

const exchanges = DOCUMENTS.flatMap(readExchanges);

describe("the answers in the documents are what the policy says", () => {
  test.each(exchanges)("$answer.document:$answer.line", async ({ command, answer, policy }) => {
    const handler = cors(policy, () => new Response(null));
    const { status, headers } = await handler(toRequest(command));
    const given = [`HTTP/1.1 ${status}`, ...[...headers].map(([name, value]) => `${name}: ${value}`)];
    expect(normalize(answer.text.split("\n"))).toEqual(normalize(given));
  });

  test("there are some", () => {
    expect(exchanges.length).toBeGreaterThanOrEqual(3);
  });
});
