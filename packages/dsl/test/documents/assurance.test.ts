import { describe, expect, test } from "vitest";
import { FRAMEWORKS } from "../../../adapters/test/applications/frameworks.js";
import { REQUESTS_IN_TESTS } from "../../../adapters/test/load/run-load.js";
import { RUNS } from "../../../runtime/test/mutated-policies.js";
import { FILE_NAMES, FRAGMENTS, PLACES } from "../hostile-texts.js";
import { readFile, readFolder } from "./markdown.js";

/* No claim without a command: docs/assurance.md has a row for each of its parts, and the commands are there. */

const DOCUMENT = readFile("docs/assurance.md");
const ROWS = [...DOCUMENT.matchAll(/^\| (.+) \| `(.+)` \| (.+) \|$/gm)].map(
  ([, claim = "", command = "", figure = ""]) => ({
    claim,
    command,
    figure,
  }),
);

/** What commands are named anywhere in the document. */
const COMMANDS = [
  ...new Set([...DOCUMENT.matchAll(/`(?:CORSLANG_SEED=\S+ )?(npm [^`]+)`/g)].map(([, command = ""]) => command)),
];

/** Whether a file or folder begins so, which is how the test runner finds them. */
function isPartOfTests(path: string): boolean {
  const [, folder = "", start = ""] = /^(.*\/)([^/]*)$/.exec(path) ?? [];
  return readFolder(folder).some((name) => name.startsWith(start));
}

test.each(COMMANDS)("%s is a command, on files that are there", (command) => {
  const [, script = "", args = ""] = /^npm (?:run )?([\w:]+)(?: -- (.+))?$/.exec(command) ?? [];
  expect(Object.keys(JSON.parse(readFile("package.json")).scripts)).toContain(script);
  if (script === "test") for (const path of args.split(" ").filter(Boolean)) expect(path).toSatisfy(isPartOfTests);
});

describe("every part that claims something has a row with a command and a figure", () => {
  const parts = DOCUMENT.split(/^## /m)
    .slice(1)
    .map((text) => ({ heading: text.slice(0, text.indexOf("\n")), body: text.slice(text.indexOf("\n")).trim() }))
    .filter(({ body }) => body !== "");

  test.each(parts.map(({ heading }) => heading))("%s", (heading) => {
    const anchor = `(#${heading.toLowerCase().replaceAll(" ", "-")})`;
    const rows = ROWS.filter(({ claim }) => claim.includes(anchor));
    expect(rows.length).toBeGreaterThan(0);
    for (const { figure } of rows) expect(figure).toMatch(/\d/);
  });
});

test("figures that follow from the tests are theirs", () => {
  const figureOf = (start: string) => ROWS.find(({ claim }) => claim.startsWith(`[${start}]`))?.figure;
  expect(figureOf("Load")).toContain(`${FRAMEWORKS.length} frameworks`);
  expect(figureOf("Load")).toContain(`${REQUESTS_IN_TESTS.toLocaleString("en")} in`);
  const runs = RUNS.toLocaleString("en");
  expect(figureOf("Policies from elsewhere")).toContain(`${runs} faulty policies and ${runs} faulty texts`);
  const places = Object.keys(PLACES).length;
  expect(figureOf("Generated modules")).toContain(`${FRAGMENTS.length} hostile texts in ${places} places`);
  expect(figureOf("Generated modules")).toContain(`${FILE_NAMES.length} hostile file names`);
});
