/*
 * Makes docs/performance.md of the results that are checked in: `npm run bench:document`. Every number on the page comes
 * from there; a test holds that the page is what this makes.
 */
import { writeFileSync } from "node:fs";
import { countTargets, toCells } from "./format.mjs";
import { readReference } from "./results.mjs";

const DOCUMENT = new URL("../../docs/performance.md", import.meta.url);

/** What a group measures, for readers. */
const GROUPS = {
  decision: {
    title: "The decision",
    about: `\`matcher.decide\` alone, beside a bare look-up of the same origin in a \`Set\` of the same size; beside
patterns stands the look-up of one origin in a \`Set\` of one. Each request has strings that nobody has looked at before,
as an HTTP parser makes them. Preflights ask for \`PUT\` with three headers; the hostile one has many, in upper case.`,
  },
  middleware: {
    title: "The middleware",
    about: `A whole request within the framework, from its object to the written head, without a network. "By hand" is
the least code that could answer: a look-up in a \`Set\` and the headers, written as the framework's documents say and
in the fastest of their ways; in \`node:http\`, which knows no middlewares, with all headers in one \`writeHead\`. It
does not check what a preflight asks for, and does not hold its headers against what a handler does later. "With checks" it
looks up the method and the names of the headers as browsers write them, the least that can be called a check. Where a
target is about what two add to a server without CORS, that is said: of what the framework takes, nobody can spare any.`,
  },
  http: {
    title: "Over HTTP",
    about: `The time of the processor that a server spends on a request, user and system, garbage collection included,
with 10 origins. Requests come on a few connections, several at once, so that the network costs little and CORS shows:
with one request on a connection at a time, the same costs are a smaller part of the whole. Server and client have a core
each, where the system lets them. A target beside the server without CORS is judged by the lower end of the interval, in
a short run by the median.`,
  },
  hostile: {
    title: "Hostile preflights",
    about: `Names that take longest within the bounds, as a person would guess and as searches find them, and
long values, most of which reach a server only when its \`maxHeaderSize\` was raised. Beside a preflight that fails at
its third name. A value at its longest has many times the characters of that one, and so the decision alone takes many
times as long: "each character read once" is what reading takes by a loop that does nothing else. The target is about the
preflight as a whole. Over HTTP, Node's own reading grows with the bytes; what ours adds to that must not: it may be three
times what it adds to the plain one.`,
  },
  footprint: {
    title: "Footprint",
    about: `Memory is what is there after a forced collection, strings included. Time to import and to start is that of
a process of its own each time, with the files in the system's cache.`,
  },
  compiler: {
    title: "The compiler",
    about: `Each compile is in a process of its own, as the command compiles once. The peak of memory is what a compile
adds to it.`,
  },
};

function escapeCell(text) {
  return text.replaceAll("|", "\\|");
}

function writeTable(table) {
  const [header, ...rows] = toCells(table);
  const line = (cells) => `| ${cells.map(escapeCell).join(" | ")} |`;
  return [line(header), line(header.map((_, column) => (column === 0 ? "---" : "---:"))), ...rows.map(line)].join("\n");
}

function writeDifferences(differences) {
  if (differences.length === 0) return [];
  const rows = differences.map(
    ({ subjects, kinds, why }) => `| ${subjects.join(", ")} | ${kinds.join(", ")} | ${escapeCell(why)} |`,
  );
  return [
    "The answers of all were compared before anything was timed. Where they differ from ours, they do so by design:",
    ["| who | requests | what |", "| --- | --- | --- |", ...rows].join("\n"),
  ];
}

function writeGroup(name, { tables, differences, effort, measured }) {
  const { title, about } = GROUPS[name];
  const how = effort === "full" ? "a full run" : "a short run (`--quick`): the numbers are rough";
  return [
    `## ${title}`,
    about,
    `Measured on ${measured}, in ${how}.`,
    ...writeDifferences(differences),
    ...tables.flatMap((table) => [`### ${table.title}`, writeTable(table)]),
  ];
}

function writeVerdict(groups) {
  const { all, missed, missedByHand } = countTargets(Object.values(groups).flatMap(({ tables }) => tables));
  return [
    `${all - missed} of ${all} targets are met.`,
    ...(missed === 0 ? [] : ["Those that are not stand as NOT MET beside their rows."]),
    ...(missedByHand === 0
      ? []
      : [
          `${missedByHand} of them are missed by the code by hand as well, whose number stands beside: with that framework they are out of reach for the least code that could answer.`,
        ]),
  ].join(" ");
}

/**
 * The page.
 *
 * @param {object} results - As `reference.json` has them.
 */
export function writePage({ environment, groups }) {
  const { system, processor, cores, memory, node, v8, packages } = environment;
  const versions = Object.entries(packages).map(([name, version]) => `${name} ${version}`);
  const sections = [
    "# Performance",
    `This page is made by \`npm run bench -- --write\` from what it has measured, which is in
[reference.json](../bench/results/reference.json). Nothing here is typed by hand. Check it on your own machine:`,
    "```sh\nnpm run bench                          # all, and takes its time\nnpm run bench -- --quick               # in two minutes, with fewer rounds\nnpm run bench -- --only decision,http  # in part\n```",
    `All numbers but those of the first column are ratios to it. They are medians, with the interval in which the true
median lies with a chance of 95 %, or, of fewer than six numbers, all that was seen. All subjects take turns, each in a
process of its own, after a warm-up. Everything is started several times, and each start gives one number, the median of
its rounds; where there is one start, in a short run, each round gives one. Ratios say something about your machine as
well; the first column does not.`,
    writeVerdict(groups),
    [
      "| machine | |",
      "| --- | --- |",
      `| system | ${system} |`,
      `| processor | ${processor}, ${cores} cores |`,
      `| memory | ${memory} |`,
      `| Node | ${node}, V8 ${v8} |`,
      `| packages | ${versions.join(", ")} |`,
    ].join("\n"),
    ...Object.entries(groups).flatMap(([name, group]) => writeGroup(name, group)),
  ];
  return `${sections.join("\n\n")}\n`;
}

/** Writes the page. */
export function writeDocument(results) {
  writeFileSync(DOCUMENT, writePage(results));
}

if (process.argv[1] === import.meta.filename) writeDocument(readReference());
