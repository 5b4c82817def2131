import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { API, SHARED, useWatchWorkplace } from "./watch-workplace.js";

const { at, files, follow, followQuietly, write, writeProject } = useWatchWorkplace();

describe("files that come and go", () => {
  test("below a given folder", async () => {
    writeProject();
    const following = await followQuietly(2, ".");
    write("policies/deep/down/new.cors", "origins none\n");
    expect(await following.next()).toBe(
      "policies/deep/down/new.cors added: wrote policies/deep/down/new.cors.mjs, policies/deep/down/new.cors.d.mts",
    );
    write("policies/deep/down/new.cors", "origins *\n");
    expect(await following.next()).toBe("policies/deep/down/new.cors changed: wrote policies/deep/down/new.cors.mjs");
    rmSync(at("policies/open.cors"));
    expect(await following.next()).toBe(
      "policies/open.cors removed: outputs policies/open.cors.mjs, policies/open.cors.d.mts left as before",
    );
    expect(files()).toContain("policies/open.cors.mjs");
    rmSync(at("policies/deep"), { recursive: true });
    expect(await following.next()).toBe("policies/deep/down/new.cors removed: nothing to write");
    write("node_modules/other/api.cors", "origins *\n");
    write("policies/open.cors", "origins *\n");
    expect(await following.next()).toBe("policies/open.cors added: policies/open.cors is up to date");
  });

  test("one that was given by itself", async () => {
    write("api.cors", "origins *\n");
    const following = await followQuietly(1, "api.cors");
    rmSync(at("api.cors"));
    expect(await following.next()).toBe("api.cors removed: outputs api.cors.mjs, api.cors.d.mts left as before");
    write("api.cors", "origins none\n");
    expect(await following.next()).toBe("api.cors added: wrote api.cors.mjs");
  });

  test("in a folder that was empty", async () => {
    mkdirSync(at("policies"));
    const following = await follow("policies");
    expect(following.stderr()).toBe(
      "cors-compile: policies: there is no .cors file in this folder\nfollowing 0 files and what they import; Ctrl-C ends it\n",
    );
    write("policies/api.cors", "origins *\n");
    expect(await following.next()).toBe(
      "policies/api.cors added: wrote policies/api.cors.mjs, policies/api.cors.d.mts",
    );
  });

  test("with the folder that was given, removed and made again", async () => {
    write("policies/api.cors", "origins *\n");
    const following = await followQuietly(1, "policies");
    for (const origins of ["none", "*"]) {
      rmSync(at("policies"), { recursive: true });
      expect(await following.next()).toBe("policies/api.cors removed: nothing to write");
      write("policies/api.cors", "origins none\n");
      expect(await following.next()).toBe(
        "policies/api.cors added: wrote policies/api.cors.mjs, policies/api.cors.d.mts",
      );
      write("policies/api.cors", `origins ${origins} # again\n`);
      expect(await following.next()).toMatch(/^policies\/api\.cors changed: /);
    }
  });

  test("with a folder above it, moved away and made again", async () => {
    write("a/b/policies/api.cors", "origins *\n");
    const following = await followQuietly(1, "a/b/policies");
    renameSync(at("a"), at("elsewhere"));
    expect(await following.next()).toBe("a/b/policies/api.cors removed: nothing to write");
    write("a/b/policies/api.cors", "origins none\n");
    expect(await following.next()).toBe(
      "a/b/policies/api.cors added: wrote a/b/policies/api.cors.mjs, a/b/policies/api.cors.d.mts",
    );
    write("elsewhere/b/policies/api.cors", "origins none # not this one\n");
    write("a/b/policies/api.cors", "origins *\n");
    expect(await following.next()).toBe("a/b/policies/api.cors changed: wrote a/b/policies/api.cors.mjs");
  });
});

describe("an import that is not there", () => {
  test("is followed: making it mends the error", async () => {
    write("package.json", "{}");
    write("policies/api.cors", API);
    const following = await follow("policies");
    expect(following.stderr()).toContain("error[unknown-import]");
    write("lib/shared.cors", SHARED);
    expect(await following.next()).toBe("lib/shared.cors added: wrote policies/api.cors.mjs, policies/api.cors.d.mts");
  });

  test("any more is an error, with the folder that it was in", async () => {
    writeProject();
    const following = await followQuietly(2, "policies");
    rmSync(at("lib"), { recursive: true });
    expect(await following.next()).toBe("lib/shared.cors removed: 1 error, outputs left as before");
    expect(following.stderr()).toContain("`../lib/shared.cors` can't be imported: does not exist");
    write("lib/shared.cors", SHARED);
    expect(await following.next()).toBe("lib/shared.cors added: policies/api.cors is up to date");
  });
});

test("many names are counted", async () => {
  const numbers = Array.from({ length: 20 }, (_, index) => String(index).padStart(2, "0"));
  mkdirSync(at("policies"));
  for (const number of numbers) writeFileSync(at(`policies/${number}.cors`), "origins *\n");
  const following = await followQuietly(20, "policies");
  renameSync(at("policies"), at("last"));
  expect(await following.next()).toBe(
    `${numbers
      .slice(0, 8)
      .map((number) => `policies/${number}.cors`)
      .join(", ")} and 12 more removed: nothing to write`,
  );
});
