import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { compileFiles } from "../../src/compile.js";
import { createMemoryHost } from "../../src/program/host.js";
import { type Follower, follow, PATIENCE, PAUSE, QUIET } from "../../src/watch/follow.js";
import { createReading } from "../../src/watch/reading.js";

/* When a change is told: with a clock of our own, and files in memory, in a folder that nothing is heard of. */

const API = "nowhere/api.cors";
const SHARED = "nowhere/shared.cors";
const IMPORTING = 'import partners from "./shared.cors"\norigins @partners\n';
const PARTNERS = "set partners [\n  https://partner.example\n]\n";

let sources: Record<string, string> = {};
let told: string[] = [];
let follower: Follower | null = null;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});

afterEach(() => {
  follower?.close();
  vi.useRealTimers();
});

/** Follows one file, and notes what is told: what has changed, and how many errors there are. */
function start(files: Record<string, string>): void {
  sources = files;
  told = [];
  const disk = {
    resolve: createMemoryHost({}).resolve,
    read: (path: string) => createMemoryHost(sources).read(path),
  };
  const reading = createReading(disk);
  compileFiles([API], reading.host);
  follower = follow(
    {
      findEntries: () => ({ files: [API], folders: [] }),
      compile(host, changes, affected) {
        const { diagnostics } = compileFiles(affected, host);
        const names = changes.map(({ path, kind }) => `${path.slice("nowhere/".length)} ${kind}`).join(", ");
        return {
          isFine: diagnostics.length === 0,
          tell: () => void told.push(`${names}: ${diagnostics.map(({ code }) => code).join(", ")}`),
        };
      },
    },
    reading,
    disk,
    { persistent: false },
  );
}

/** Lets time go by. */
function pass(milliseconds: number): void {
  vi.advanceTimersByTime(milliseconds);
}

describe("a change", () => {
  test("is seen after a pause, without any event, and told when it has been so for a moment", () => {
    start({ [API]: "origins *\n" });
    sources[API] = "origins none\n";
    pass(PAUSE);
    expect(told).toEqual([]);
    pass(QUIET);
    expect(told).toEqual(["api.cors changed: "]);
    pass(10 * PAUSE);
    expect(told).toHaveLength(1);
  });

  test("is not told as long as the file goes on changing", () => {
    start({ [API]: "origins *\n" });
    pass(PAUSE - 1);
    for (let step = 0; step < 20; step++) {
      sources[API] = `origins https://a${step}.example\n`;
      pass(QUIET - 1);
    }
    expect(told).toEqual([]);
    pass(2 * QUIET);
    expect(told).toEqual(["api.cors changed: "]);
  });

  test("that is taken back in time is none", () => {
    start({ [API]: "origins *\n" });
    sources[API] = "orgins *\n";
    pass(PAUSE + PATIENCE - 1);
    sources[API] = "origins *\n";
    pass(10 * PAUSE);
    expect(told).toEqual([]);
  });
});

describe("bad news", () => {
  test("waits: the half of a file may be followed by the rest", () => {
    start({ [API]: "origins *\n" });
    sources[API] = "orig";
    pass(PAUSE + PATIENCE - 1);
    expect(told).toEqual([]);
    sources[API] = "origins none\n";
    pass(PAUSE);
    expect(told).toEqual(["api.cors changed: "]);
  });

  test("is told once when it lasts, and again when something else is wrong", () => {
    start({ [API]: "origins *\n" });
    sources[API] = "orgins *\n";
    pass(PAUSE + PATIENCE);
    expect(told).toEqual(["api.cors changed: unknown-setting"]);
    pass(10 * PAUSE);
    sources[API] = "origins https://a.example/\n";
    pass(PAUSE + PATIENCE);
    expect(told.slice(1)).toEqual(["api.cors changed: origin-has-path"]);
  });

  test("of a removed file waits as well", () => {
    start({ [API]: IMPORTING, [SHARED]: PARTNERS });
    sources = { [API]: IMPORTING };
    pass(PAUSE + PATIENCE - 1);
    expect(told).toEqual([]);
    pass(1);
    expect(told).toEqual(["shared.cors removed: unknown-import"]);
    sources = { [API]: IMPORTING, [SHARED]: PARTNERS };
    pass(PAUSE + QUIET);
    expect(told.slice(1)).toEqual(["shared.cors added: "]);
  });

  test("of an import that is saved before what it imports is never told", () => {
    start({ [API]: "origins *\n" });
    sources[API] = IMPORTING;
    pass(PAUSE + QUIET);
    sources[SHARED] = PARTNERS;
    pass(PAUSE);
    expect(told).toEqual(["api.cors changed, shared.cors added: "]);
  });
});

test("what is imported for the first time is no change, and followed from then on", () => {
  start({ [API]: "origins *\n", [SHARED]: PARTNERS });
  sources[API] = IMPORTING;
  pass(PAUSE + QUIET);
  expect(told).toEqual(["api.cors changed: "]);
  sources[SHARED] = PARTNERS.replace("partner.", "other.");
  pass(PAUSE + QUIET);
  expect(told.slice(1)).toEqual(["shared.cors changed: "]);
});

test("nothing is told after it is closed", () => {
  start({ [API]: "origins *\n" });
  sources[API] = "origins none\n";
  pass(PAUSE);
  follower?.close();
  pass(10 * PAUSE);
  expect(told).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});
