import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { FRAMEWORKS } from "../applications/frameworks.js";
import { COMBINATIONS } from "./middlewares/combinations.js";
import { NESTED_APPLICATIONS } from "./nested-applications.js";
import { NODE_FRAMEWORKS } from "./node-handlers.js";
import { TWO_MIDDLEWARES } from "./other-cors.js";

test("docs/assurance.md says how much is tried here", () => {
  const document = readFileSync(new URL("../../../../docs/assurance.md", import.meta.url), "utf8");
  const row = document.split("\n").find((line) => line.startsWith("| [Edges of adapters]"));
  const overHttp2 = NODE_FRAMEWORKS.filter(({ protocol }) => protocol === "HTTP/2");
  expect(row?.split(" | ").at(-1)).toBe(
    [
      `${COMBINATIONS.length} middlewares and ${TWO_MIDDLEWARES.length} of CORS, each before and after`,
      `${NESTED_APPLICATIONS.length} ways of nesting applications`,
      `${FRAMEWORKS.length} frameworks, ${overHttp2.length} of them over HTTP/2, too |`,
    ].join("; "),
  );
});
