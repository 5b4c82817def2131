import * as expressAdapter from "@corslang/adapters/express";
import * as fetchAdapter from "@corslang/adapters/fetch";
import { createMatcher, createPolicyRef, type Matcher } from "@corslang/runtime";
import { afterEach, describe, expect, test } from "vitest";
import { ADAPTERS, type AnyOptions } from "./applications/adapters.js";
import type { Listening } from "./applications/application.js";
import { send } from "./http-client.js";
import { account } from "./policies.js";

const { findOrigin: _, ...withoutFindOrigin } = createMatcher(account);

const servers: Listening[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

describe.each(ADAPTERS)("%s", (_adapter, start) => {
  async function startAndKeep(options?: AnyOptions): Promise<number> {
    const server = await start(createMatcher(account), options);
    servers.push(server);
    return server.port;
  }

  describe("what is no policy is refused when it is mounted, and not at the first request", () => {
    const NO_POLICIES: readonly (readonly [what: string, value: unknown, said: string])[] = [
      ["undefined, as an unset variable is", undefined, "undefined"],
      ["null", null, "null"],
      ["a text", "https://app.example.com", '"https://app.example.com"'],
      ["a star", "*", '"*"'],
      ["true", true, "true"],
      ["a list of origins", ["https://app.example.com"], "an object"],
      ["a function", () => true, "an object"],
      ["the options of another package", { origin: "*", credentials: true }, "an object"],
      ["compiled data that has not become a matcher", account, "an object"],
      ["a module instead of what it exports", expressAdapter, "an object"],
      ["a matcher of another version", { ...createMatcher(account), version: 2 }, "an object"],
      ["a matcher of an older package, without findOrigin", withoutFindOrigin, "an object"],
      ["a reference of another version", { ...createPolicyRef(account), version: 2 }, "an object"],
      ["a promise of a matcher", Promise.resolve(createMatcher(account)), "an object"],
    ];

    test.each(NO_POLICIES)("%s", async (_what, value, said) => {
      // The cast does not hold: that is what is tested.
      const mounting = start(value as Matcher);
      await expect(mounting).rejects.toThrow(new TypeError(`cors: a compiled policy of version 1 can't be ${said}`));
    });
  });

  describe("wrong options are refused when they are mounted", () => {
    const WRONG_OPTIONS: readonly (readonly [what: string, options: object, name: string, said: string])[] = [
      ["an unknown option", { maxAge: 600 }, "maxAge", "600"],
      ["a misspelt option", { onDecison: () => undefined }, "onDecison", "an object"],
      ["an unknown option that is undefined", { origin: undefined }, "origin", "undefined"],
      ["a name that every object has", { constructor: "x" }, "constructor", '"x"'],
      ["debug from an environment variable", { debug: "false" }, "debug", '"false"'],
      ["debug that is null", { debug: null }, "debug", "null"],
      ["enforce from an environment variable", { enforce: "false" }, "enforce", '"false"'],
      ["enforce that is a number", { enforce: 1 }, "enforce", "1"],
      ["enforce that is a list of origins", { enforce: [] }, "enforce", "an object"],
      [
        "self that is one origin without a list",
        { self: "https://app.example.com" },
        "self",
        '"https://app.example.com"',
      ],
      ["self that is true", { self: true }, "self", "true"],
      ["onDecision that is no function", { onDecision: console }, "onDecision", "an object"],
    ];

    test.each(WRONG_OPTIONS)("%s", async (_what, options, name, said) => {
      const mounting = start(createMatcher(account), options);
      await expect(mounting).rejects.toThrow(
        new TypeError(`cors: ${name} (of debug,enforce,self,onDecision) can't be ${said}`),
      );
    });

    const WRONG_ORIGINS: readonly (readonly [what: string, self: unknown, said: string])[] = [
      ["a path", ["https://api.example.com/v1"], '"https://api.example.com/v1"'],
      ["a slash at the end", ["https://api.example.com/"], '"https://api.example.com/"'],
      ["the default port", ["https://api.example.com:443"], '"https://api.example.com:443"'],
      ["upper case", ["https://API.example.com"], '"https://API.example.com"'],
      ["no scheme", ["api.example.com"], '"api.example.com"'],
      ["white space", [" https://api.example.com"], '" https://api.example.com"'],
      ["a user", ["https://user@api.example.com"], '"https://user@api.example.com"'],
      ["a query", ["https://api.example.com?"], '"https://api.example.com?"'],
      ["letters beyond ASCII", ["https://bücher.example"], '"https://bücher.example"'],
      ["a pattern that browsers would write otherwise", ["http://[0::1]"], '"http://[0::1]"'],
      ["null as a text, which many pages are", ["null"], '"null"'],
      ["a star", ["*"], '"*"'],
      ["nothing", [""], '""'],
      ["undefined in a list, as an unset variable is", [undefined], "undefined"],
      ["null in a list", [null], "null"],
      ["a list in a list", [["https://api.example.com"]], "an object"],
      ["a URL in a list", [new URL("https://api.example.com")], "an object"],
      ["the second of two", ["https://api.example.com", "https://api.example.com/"], '"https://api.example.com/"'],
      ["null for the list", null, "null"],
      ["an object for the list", {}, "an object"],
      ["a set for the list", new Set(["https://api.example.com"]), "an object"],
    ];

    test.each(WRONG_ORIGINS)("self with %s", async (_what, self, said) => {
      // The cast does not hold: that is what is tested.
      const mounting = start(createMatcher(account), { self } as AnyOptions);
      await expect(mounting).rejects.toThrow(new TypeError(`cors: self can't be ${said}`));
    });

    test("options that are undefined are as good as left out", async () => {
      const port = await startAndKeep({ debug: undefined, enforce: undefined, self: undefined, onDecision: undefined });
      const preflight = ["Origin: https://evil.example", "Access-Control-Request-Method: PUT"];
      expect((await send(port, "OPTIONS /", ...preflight)).status).toBe(403);
    });
  });
});

test("the handler of Fetch is checked when it is mounted", () => {
  // @ts-expect-error: the type wants a handler.
  expect(() => fetchAdapter.cors(createMatcher(account))).toThrow(new TypeError("cors: handler can't be undefined"));
  // @ts-expect-error: the handler comes before the options.
  expect(() => fetchAdapter.cors(createMatcher(account), { debug: true }, () => new Response())).toThrow(TypeError);
});

test("a policy that looks like one is one: copies of the runtime can live side by side", async () => {
  const { version, policy, decide, findOrigin, explain } = createMatcher(account);
  const copy = { version, policy, decide, findOrigin, explain };
  expect(() => expressAdapter.cors(copy)).not.toThrow();
});
