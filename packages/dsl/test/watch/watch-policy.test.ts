import { copyFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type WatchedPolicy, type WatchOptions, watchPolicy } from "@corslang/dsl/watch";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Following, useFollowing } from "./following.js";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const run = useFollowing();

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "watch-policy-"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function at(path: string): string {
  return join(folder, path);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), text);
}

const ORIGIN = "https://app.example.com";

describe("a server", () => {
  /** Makes the folder a project that has the packages installed. */
  function install(): void {
    for (const [name, path] of [
      ["@corslang/runtime", "packages/runtime"],
      ["@corslang/adapters", "packages/adapters"],
      ["@corslang/dsl", "packages/dsl"],
      ["express", "packages/adapters/node_modules/express"],
    ] as const) {
      mkdirSync(dirname(at(`node_modules/${name}`)), { recursive: true });
      symlinkSync(join(root, path), at(`node_modules/${name}`));
    }
  }

  async function serve(options: WatchOptions = {}): Promise<{ readonly server: Following; readonly port: number }> {
    install();
    copyFileSync(fileURLToPath(new URL("./server.mjs", import.meta.url)), at("server.mjs"));
    const server = run(["server.mjs", JSON.stringify(options)], folder);
    return { server, port: Number(await server.next()) };
  }

  /** What the server lets a page of this origin read: its `Access-Control-Allow-Origin`. */
  function ask(port: number, origin: string): Promise<string | undefined> {
    return new Promise((resolve, reject) => {
      const asked = request({ port, host: "127.0.0.1", headers: { Origin: origin }, agent: false }, (response) => {
        response.resume();
        const allowed = response.headers["access-control-allow-origin"];
        response.on("end", () => resolve(allowed));
      });
      asked.on("error", reject).end();
    });
  }

  async function allows(port: number, origin: string): Promise<boolean> {
    return (await ask(port, origin)) !== undefined;
  }

  /** Asks again until the answer is this. */
  async function untilAllows(port: number, origin: string, expected: boolean): Promise<void> {
    await vi.waitFor(async () => expect(await allows(port, origin)).toBe(expected), { timeout: 20_000, interval: 20 });
  }

  test("answers with what the file says now, and with what it imports", async () => {
    write("lib/shared.cors", `set apps [\n  ${ORIGIN}\n]\n`);
    write("api.cors", 'import apps from "./lib/shared.cors"\norigins @apps\n');
    const { server, port } = await serve();
    expect(await allows(port, ORIGIN)).toBe(true);
    expect(await allows(port, "https://next.example.com")).toBe(false);
    write("lib/shared.cors", "set apps [\n  https://next.example.com\n]\n");
    await untilAllows(port, "https://next.example.com", true);
    expect(await allows(port, ORIGIN)).toBe(false);
    write("api.cors.new", `origins ${ORIGIN}\n`);
    renameSync(at("api.cors.new"), at("api.cors"));
    await untilAllows(port, ORIGIN, true);
    expect(server.stderr()).toBe("");
    server.stop();
    await server.ended();
  });

  test("keeps the policy while the file is wrong, and says so once", async () => {
    write("api.cors", `origins ${ORIGIN}\n`);
    const { server, port } = await serve();
    const WRONG = "orgins https://next.example.com\n";
    const SAID = `error[unknown-setting]: there is no setting \`orgins\`; did you mean \`origins\`?
   --> ${at("api.cors")}:1:1
    |
  1 | orgins https://next.example.com
    | ^^^^^^
    = fix: write \`origins\`

${at("api.cors")}: 1 error; the policy from before stays in place
`;
    write("api.cors", WRONG);
    await server.stderrHas("stays in place\n");
    expect(server.stderr()).toBe(SAID);
    expect(await allows(port, ORIGIN)).toBe(true);
    // The same again is nothing new; that it is right again comes behind it.
    write("api.cors", WRONG);
    write("api.cors", "origins https://next.example.com\n");
    await untilAllows(port, "https://next.example.com", true);
    const RIGHT = `${at("api.cors")}: right again, and its policy is in place\n`;
    await server.stderrHas(RIGHT);
    expect(server.stderr()).toBe(SAID + RIGHT);
    // A change without an error before it says nothing.
    write("api.cors", `origins ${ORIGIN}\n`);
    await untilAllows(port, ORIGIN, true);
    rmSync(at("api.cors"));
    await server.stderrHas("api.cors: does not exist; the policy from before stays in place\n");
    expect(server.stderr()).toBe(
      `${SAID}${RIGHT}${at("api.cors")}: does not exist; the policy from before stays in place\n`,
    );
    expect(await allows(port, ORIGIN)).toBe(true);
  });

  test("keeps the policy when it vanishes from the file, and when another one there is wrong", async () => {
    write("api.cors", `policy account {\n  origins ${ORIGIN}\n}\n`);
    const { server, port } = await serve({ policy: "account" });
    write("api.cors", "policy acount {\n  origins *\n}\n");
    await server.stderrHas(
      "api.cors: there is no policy account; did you mean acount?; the policy from before stays in place\n",
    );
    expect(await allows(port, ORIGIN)).toBe(true);
    write("api.cors", "policy account {\n  origins *\n}\n\npolicy other {\n  orgins *\n}\n");
    await server.stderrHas("api.cors: 1 error; the policy from before stays in place\n");
    expect(await ask(port, ORIGIN)).toBe(ORIGIN);
    write("api.cors", "policy account {\n  origins *\n}\n\npolicy other {\n  origins none\n}\n");
    await server.stderrHas("api.cors: right again, and its policy is in place\n");
    expect(await ask(port, ORIGIN)).toBe("*");
  });

  test("compiles for a profile", async () => {
    write("api.cors", `origins ${ORIGIN}\nwhen development {\n  origins += http://localhost:3000\n}\n`);
    const { port } = await serve({ profile: "development" });
    expect(await allows(port, "http://localhost:3000")).toBe(true);
    write("api.cors", `origins ${ORIGIN}\nwhen development {\n  origins += http://localhost:4000\n}\n`);
    await untilAllows(port, "http://localhost:4000", true);
    expect(await allows(port, "http://localhost:3000")).toBe(false);
  });

  test("that has nothing else to do ends", async () => {
    install();
    write("api.cors", "origins *\n");
    write(
      "once.mjs",
      'import { watchPolicy } from "@corslang/dsl/watch";\nconsole.log((await watchPolicy("api.cors")).policy.origins);\n',
    );
    const once = run(["once.mjs"], folder);
    expect(await once.next()).toBe("*");
    expect((await once.ended()).exitCode).toBe(0);
  });
});

describe("the policy", () => {
  let watched: WatchedPolicy | null = null;
  afterEach(() => watched?.close());

  async function watch(path: string, options?: WatchOptions): Promise<WatchedPolicy> {
    watched = await watchPolicy(at(path), options);
    return watched;
  }

  const TWO = "policy account {\n  origins none\n}\n\npolicy open-data {\n  origins *\n}\n";

  test.each<[string, WatchOptions, string]>([
    ["policy account {\n  origins none\n}\n", {}, "account"],
    [`origins ${ORIGIN}\n\n${TWO}`, {}, "default"],
    [TWO, { policy: "open-data" }, "open-data"],
    [`origins ${ORIGIN}\n\n${TWO}`, { policy: "default", profile: undefined }, "default"],
  ])("of %j with %j is %s", async (source, options, name) => {
    write("api.cors", source);
    expect((await watch("api.cors", options)).policy.name).toBe(name);
  });

  test("is found by a path from the current folder, or a URL", async () => {
    write("api.cors", "origins none\n");
    const url = pathToFileURL(at("api.cors"));
    for (const location of [url, url.href]) {
      const { policy, close } = await watchPolicy(location);
      close();
      expect(policy.origins).toEqual([]);
    }
    const before = process.cwd();
    process.chdir(folder);
    const { policy, close } = await watchPolicy("./api.cors").finally(() => process.chdir(before));
    close();
    expect(policy.name).toBe("default");
  });

  test("is followed where it is, whatever the current folder becomes", async () => {
    write("one/api.cors", "origins none\n");
    write("two/api.cors", "origins *\n");
    const before = process.cwd();
    process.chdir(at("one"));
    try {
      watched = await watchPolicy("api.cors");
      process.chdir(at("two"));
      write("one/api.cors", `origins ${ORIGIN}\n`);
      await vi.waitFor(() => expect(watched?.policy.origins).toEqual([ORIGIN]), { timeout: 20_000 });
    } finally {
      process.chdir(before);
    }
  });

  test.each<[string, WatchOptions, string]>([
    [TWO, {}, 'there are several policies, account, open-data; pass { policy: "account" } or another one'],
    [TWO, { policy: "openData" }, "there is no policy openData; did you mean open-data?"],
    [TWO, { policy: "admin" }, "there is no policy admin; it has account, open-data"],
    ["set apps [\n  https://a.example\n]\n", {}, "there is no policy in it"],
    ["origins *\n", { profile: "prod" }, "there is no profile prod; it names none"],
  ])("of %j with %j can't be told: %s", async (source, options, problem) => {
    write("api.cors", source);
    await expect(watch("api.cors", options)).rejects.toThrow(`watchPolicy: ${at("api.cors")}: ${problem}`);
  });

  test("needs a file to begin with, and one that compiles", async () => {
    await expect(watch("api.cors")).rejects.toThrow(`watchPolicy: ${at("api.cors")}: does not exist`);
    await expect(watch("package.json")).rejects.toThrow("package.json: is not a .cors file");
    write("api.cors", "orgins *\n");
    const error = await watch("api.cors").catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).toBe(`Error: watchPolicy: ${at("api.cors")}: 1 error

error[unknown-setting]: there is no setting \`orgins\`; did you mean \`origins\`?
   --> ${at("api.cors")}:1:1
    |
  1 | orgins *
    | ^^^^^^
    = fix: write \`origins\``);
  });

  test("may import from outside of its package where that is asked for", async () => {
    write("inner/package.json", "{}");
    write("inner/api.cors", 'import apps from "../shared.cors"\norigins @apps\n');
    write("shared.cors", `set apps [\n  ${ORIGIN}\n]\n`);
    await expect(watch("inner/api.cors")).rejects.toThrow("it is outside of this package");
    expect((await watch("inner/api.cors", { allowOutside: true })).policy.origins).toEqual([ORIGIN]);
  });

  test("stays as it is once it is closed, or its signal aborted", async () => {
    write("api.cors", "origins none\n");
    const controller = new AbortController();
    const closed = await watch("api.cors");
    closed.close();
    closed.close();
    const aborted = await watch("api.cors", { signal: controller.signal });
    controller.abort();
    const following = await watch("api.cors");
    write("api.cors", "origins *\n");
    await vi.waitFor(() => expect(following.policy.origins).toBe("*"), { timeout: 20_000 });
    expect([closed.policy.origins, aborted.policy.origins]).toEqual([[], []]);
    await expect(watch("api.cors", { signal: controller.signal })).rejects.toThrow("aborted");
  });

  test.each([
    [{ polcy: "api" }, 'option polcy is "api"'],
    [{ policy: "" }, 'option policy is ""'],
    [{ signal: {} }, "option signal is {}"],
  ])("refuses %j", async (options, problem) => {
    write("api.cors", "origins *\n");
    // The cast holds for what is tested: JavaScript passes anything.
    const refused = watch("api.cors", options as WatchOptions);
    await expect(refused).rejects.toThrow(TypeError);
    await expect(refused).rejects.toThrow(problem);
  });
});
