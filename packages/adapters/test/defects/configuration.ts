import { cors as expressCors } from "@corslang/adapters/express";
import { cors as fastifyCors } from "@corslang/adapters/fastify";
import { cors as fetchCors } from "@corslang/adapters/fetch";
import { cors as koaCors } from "@corslang/adapters/koa";
import { type CompiledPolicy, createMatcher, type Matcher } from "@corslang/runtime";
import express from "express";
import { fastify } from "fastify";
import { expect } from "vitest";
import { serve } from "../applications/application.js";
import { createApplication, listenerOf } from "../applications/express.js";
import { askEveryFramework } from "../applications/frameworks.js";
import { corsLines, send, valuesOf } from "../http-client.js";
import { account, nobody, openRead, plain } from "../policies.js";
import type { Defect } from "./defect.js";

const FROM_EVIL = "Origin: https://evil.example";

/** Data that is no policy is refused when it becomes a matcher. */
function expectRefused(members: object): void {
  // The cast does not hold: that is what is tested.
  expect(() => createMatcher({ ...plain, ...members } as CompiledPolicy)).toThrow(TypeError);
}

/** What is no policy is refused by every adapter, when it is mounted. */
async function expectRefusedByAdapters(value: unknown, options?: object): Promise<void> {
  // The casts do not hold: that is what is tested.
  const policy = value as Matcher;
  expect(() => expressCors(policy, options)).toThrow(TypeError);
  expect(() => koaCors(policy, options)).toThrow(TypeError);
  expect(() => fetchCors(policy, () => new Response(), options)).toThrow(TypeError);
  await expect(async () => await fastify().register(fastifyCors, { policy, ...options })).rejects.toThrow(TypeError);
}

/** Defects of what middlewares take as their configuration. */
export const configurationDefects: readonly Defect[] = [
  {
    number: 1,
    defect: "the default configuration reflects any origin with credentials",
    because: "there is no default: a policy has to be passed, and one that names no origin allows none",
    async isAbsent() {
      await expectRefusedByAdapters(undefined);
      for (const [answer] of await askEveryFramework(nobody, ["GET /resource", FROM_EVIL])) {
        expect(corsLines(answer?.headerLines ?? [])).toEqual(["vary: origin"]);
      }
    },
  },
  {
    number: 2,
    defect: "* with credentials silently becomes any origin with credentials",
    isAbsent() {
      for (const setting of ["origins", "methods", "headers", "expose"]) {
        expectRefused({ credentials: true, [setting]: "*" });
      }
    },
  },
  {
    number: 3,
    defect: "an async function for the origin allows everybody, as a promise is truthy",
    because: "a policy is data",
    isAbsent: () => expectRefused({ origins: async () => false }),
  },
  {
    number: 4,
    defect: "a truthy value of an unexpected type allows everybody",
    isAbsent() {
      const url = new URL("https://app.example.com");
      for (const origins of [url, new Set([url.origin]), [{}], [url.origin, true], /app/, [/app/], true, 1, {}]) {
        expectRefused({ origins });
      }
    },
  },
  {
    number: 10,
    defect: "a host without a scheme matches every scheme",
    async isAbsent() {
      expectRefused({ origins: ["app.example.com"] });
      const requests = ["http", "ftp", "chrome-extension"].map((scheme) => {
        return ["GET /resource", `Origin: ${scheme}://app.example.com`];
      });
      for (const answers of await askEveryFramework(plain, ...requests)) {
        for (const { headerLines } of answers) expect(corsLines(headerLines)).toEqual(["vary: origin"]);
      }
    },
  },
  {
    number: 12,
    defect: "with an async function for the origin a request is never answered",
    because: "nothing is waited for: a decision is made at once, and what onDecision returns is not looked at",
    async isAbsent() {
      const application = createApplication(express);
      application.use(expressCors(createMatcher(plain), { onDecision: () => new Promise<void>(() => {}) }));
      application.use((_request, response) => void response.send("handled"));
      const server = await serve(listenerOf(application));
      expect((await send(server.port, "GET /", FROM_EVIL)).body).toBe("handled");
      await server.close();
    },
  },
  {
    number: 36,
    defect: "the max-age is not checked",
    isAbsent() {
      for (const maxAge of [Number.NaN, -1, 0.5, 86401, Number.POSITIVE_INFINITY, "600"]) expectRefused({ maxAge });
    },
  },
  {
    number: 37,
    defect: "a method in lower case is accepted and never matches",
    because: "the compiler refuses it (method-case); here methods are compared as they are written",
    async isAbsent() {
      const preflight = ["OPTIONS /resource", "Origin: https://app.example.com"];
      const requests = ["PATCH", "patch"].map((method) => [...preflight, `Access-Control-Request-Method: ${method}`]);
      for (const answers of await askEveryFramework({ ...plain, methods: ["PATCH"] }, ...requests)) {
        expect(answers.map(({ status }) => status)).toEqual([204, 403]);
      }
    },
  },
  {
    number: 38,
    defect: "origins that no browser sends are accepted and never match, or are sent as they are",
    isAbsent() {
      const origin = "https://app.example.com";
      for (const wrong of [`${origin}/`, `${origin}:443`, origin.toUpperCase(), `${origin},${origin}`, ` ${origin}`]) {
        expectRefused({ origins: [wrong] });
      }
    },
  },
  {
    number: 39,
    defect: "an unset variable opens the policy",
    async isAbsent() {
      for (const unset of [undefined, null, ""]) await expectRefusedByAdapters(unset);
      for (const origins of [undefined, null, "", [undefined], [""]]) expectRefused({ origins });
    },
  },
  {
    number: 40,
    defect: "a misspelt option is ignored",
    async isAbsent() {
      await expectRefusedByAdapters(createMatcher(plain), { onDecison() {} });
      await expectRefusedByAdapters(createMatcher(plain), { orgin: undefined });
      expectRefused({ orgins: ["https://app.example.com"] });
    },
  },
  {
    number: 41,
    defect: 'credentials "false" from the environment is taken for true',
    async isAbsent() {
      for (const credentials of ["false", "true", 0, 1, null, undefined]) expectRefused({ credentials });
      await expectRefusedByAdapters(createMatcher(plain), { debug: "false" });
    },
  },
  {
    number: 44,
    defect: "the caller's options are changed, and frozen ones make it throw",
    async isAbsent() {
      const options = Object.freeze({ debug: false, onDecision() {} });
      const data = structuredClone(account);
      Object.freeze(data);
      const matcher = createMatcher(data);
      expressCors(matcher, options);
      koaCors(matcher, options);
      fetchCors(matcher, () => new Response(), options);
      await fastify().register(fastifyCors, Object.freeze({ policy: matcher, ...options }));
      expect(data).toEqual(account);
      expect(Object.keys(options)).toEqual(["debug", "onDecision"]);
    },
  },
  {
    number: 46,
    defect: "the documentation names an option that the package refuses",
    because: "the error itself says which options there are",
    async isAbsent() {
      const options = { policy: createMatcher(openRead), hook: "onSend" };
      await expect(async () => await fastify().register(fastifyCors, options)).rejects.toThrow(
        'cors: hook (of debug,enforce,self,onDecision) can\'t be "onSend"',
      );
    },
  },
  {
    number: 47,
    defect: "the documented way to answer preflights is a path that Express 5 refuses",
    because: "no path is needed: where the policy is mounted, preflights are answered",
    async isAbsent() {
      const request = ["OPTIONS /any/path", FROM_EVIL, "Access-Control-Request-Method: GET"];
      for (const [answer] of await askEveryFramework(openRead, request)) {
        expect(answer?.status).toBe(204);
        expect(valuesOf(answer ?? expect.fail(), "Access-Control-Allow-Origin")).toEqual(["*"]);
      }
    },
  },
];
