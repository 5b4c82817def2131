import { createMatcher, type Matcher } from "@corslang/runtime";
import { CorsAssertionError, expectCors, expectServer } from "@corslang/runtime/testing";
import { expect, test } from "vitest";
import { compileBlock } from "./compile-block.js";
import { readBlocks, readTag } from "./markdown.js";

/* The failures that docs/testing.md shows are what the assertions above them throw. */

const blocks = readBlocks("docs/testing.md");

function readPolicy(): Matcher {
  const source = blocks.find((block) => readTag(block, "file") === "api.cors");
  const [policy] = source ? compileBlock(source).policies : [];
  if (!policy) throw new Error("docs/testing.md has no policy api.cors");
  return createMatcher(policy.compiled);
}

async function messageOf(run: () => unknown): Promise<string> {
  try {
    await run();
  } catch (error) {
    if (error instanceof CorsAssertionError) return `${error.message}\n`;
    throw error;
  }
  return "nothing is thrown";
}

test("the failures are those of the kit", async () => {
  const behindAuthentication = expectServer(() => ({ statusCode: 401, headers: {} })).from("https://app.example.com");
  const failures = [
    await messageOf(() => expectCors(readPolicy()).from("https://app.example.com").preflight("PATCH").toPass()),
    await messageOf(() =>
      behindAuthentication
        .fetch("https://api.example.com/orders", {
          method: "PUT",
          headers: { "Content-Type": "application/json" },
          credentials: "include",
        })
        .toBeReadable(),
    ),
  ];
  expect(blocks.filter(({ language }) => language === "text").map(({ text }) => text)).toEqual(failures);
});
