/*
 * A process with an application of one framework for each policy, and nothing else: what its memory does is theirs.
 * Arguments: the framework, and a fault to plant.
 */
import { createMatcher, type Decision, type Matcher } from "@corslang/runtime";
import { FRAMEWORKS } from "../applications/frameworks.js";
import type { Measurement, PlantedFault } from "./load-process.js";
import { POLICIES } from "./requests.js";

const [, , name, fault] = process.argv;
const [, start] = FRAMEWORKS.find(([framework]) => framework === name) ?? [];
if (!start) throw new Error(`there is no framework ${name}`);

/** Kept for good, as a cache without bounds would. */
const kept: unknown[] = [];

/**
 * Gives, rarely, what the request before was told. Requests without an origin are spared: to allow the origin of such a
 * one is no header that can be written, and what Node throws then would end the process instead of giving a wrong answer.
 */
function mixUp(matcher: Matcher): Matcher {
  let last: Decision | null = null;
  let decisions = 0;
  return {
    ...matcher,
    decide(request, debug) {
      const decision = matcher.decide(request, debug);
      if (request.origin === undefined) return decision;
      const given = ++decisions % 500 === 0 && last ? last : decision;
      last = decision;
      return given;
    },
  };
}

/** Ends the process while requests are under way. */
function end(matcher: Matcher): Matcher {
  let decisions = 0;
  return {
    ...matcher,
    decide(request, debug) {
      if (++decisions === 500) process.exit(7);
      return matcher.decide(request, debug);
    },
  };
}

/** Says what a planted fault is to be found by: a server with it is loaded like the others. */
function plant(matcher: Matcher): Matcher {
  // The cast holds: the argument is what load-process.ts has been given.
  switch (fault as PlantedFault | undefined) {
    case "mixes answers up":
      return mixUp(matcher);
    case "ends":
      return end(matcher);
    case "keeps origins":
      return {
        ...matcher,
        decide(request, debug) {
          kept.push(request.origin);
          return matcher.decide(request, debug);
        },
      };
    default:
      return matcher;
  }
}

const applications = await Promise.all(POLICIES.map((policy) => start(plant(createMatcher(policy)), {})));

/** After two collections in turns of their own: what the first one leaves to finalizers is gone as well. */
async function measure(): Promise<Measurement> {
  for (let turn = 0; turn < 2; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    globalThis.gc?.();
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  const handlerRuns = applications.reduce((sum, application) => sum + application.handlerRuns(), 0);
  return { heap: heapUsed, external, resident: rss, handlerRuns };
}

process.on("message", () => void measure().then((measurement) => process.send?.(measurement)));
process.on("disconnect", () => process.exit());
process.send?.(applications.map(({ port }) => port));
