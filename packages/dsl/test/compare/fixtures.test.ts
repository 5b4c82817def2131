import { expect, test } from "vitest";
import { useWorkplace } from "../cors-compile.js";
import { readFiles, readFixtures } from "../fixtures.js";

/* Whole outputs of `cors-compile diff old new`. */

const { write, corsCompile } = useWorkplace();

test.each(readFixtures("compare"))("$name", (fixture) => {
  const [, ...files] = Object.entries(readFiles(fixture));
  for (const [path, text] of files) write(path, text);
  expect(corsCompile(["diff", "old", "new"])).toEqual({ status: 0, stdout: fixture.expected, stderr: "" });
});
