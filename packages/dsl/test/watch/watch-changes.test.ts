import { renameSync, rmSync, statSync, symlinkSync, utimesSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { API, SHARED, useWatchWorkplace } from "./watch-workplace.js";

const { at, corsCompile, follow, followQuietly, read, write, writeProject } = useWatchWorkplace();

describe("a change", () => {
  test("of a policy compiles it again, and no other", async () => {
    writeProject();
    const following = await follow("policies");
    expect(await following.next()).toBe("wrote policies/api.cors.mjs, policies/api.cors.d.mts");
    expect(await following.next()).toBe("wrote policies/open.cors.mjs, policies/open.cors.d.mts");
    expect(following.stderr()).toBe("following 2 files and what they import; Ctrl-C ends it\n");
    write("policies/open.cors", "origins https://only.example\n");
    expect(await following.next()).toBe("policies/open.cors changed: wrote policies/open.cors.mjs");
    expect(read("policies/open.cors.mjs")).toContain('"https://only.example"');
    expect(await following.stop()).toEqual({ exitCode: 0, lines: [] });
  });

  test("of what is imported, from outside of the folder too, compiles what imports it", async () => {
    writeProject();
    const following = await followQuietly(2, "policies");
    write("lib/shared.cors", SHARED.replace("partner.", "another."));
    expect(await following.next()).toBe("lib/shared.cors changed: wrote policies/api.cors.mjs");
    expect(read("policies/api.cors.mjs")).toContain('"https://another.example"');
    write("lib/shared.cors", `# Another comment.\n${SHARED.replace("partner.", "another.")}`);
    expect(await following.next()).toBe("lib/shared.cors changed: policies/api.cors is up to date");
  });

  test("is followed through imports of imports, and through those that are new", async () => {
    writeProject();
    write("lib/shared.cors", 'import deep from "./deep.cors"\nset partners [\n  @deep\n]\n');
    write("lib/deep.cors", "set deep [\n  https://deep.example\n]\n");
    const following = await followQuietly(2, "policies");
    write("lib/deep.cors", "set deep [\n  https://deeper.example\n]\n");
    expect(await following.next()).toBe("lib/deep.cors changed: wrote policies/api.cors.mjs");
    write("policies/open.cors", 'import deep from "../lib/deep.cors"\norigins @deep\n');
    expect(await following.next()).toBe("policies/open.cors changed: wrote policies/open.cors.mjs");
    write("lib/deep.cors", "set deep [\n  https://deepest.example\n]\n");
    expect(await following.next()).toBe("lib/deep.cors changed: wrote policies/api.cors.mjs, policies/open.cors.mjs");
    // What is no longer imported is no longer followed.
    write("policies/open.cors", "origins *\n");
    expect(await following.next()).toBe("policies/open.cors changed: wrote policies/open.cors.mjs");
    write("lib/deep.cors", "set deep [\n  https://deep.example\n]\n");
    expect(await following.next()).toBe("lib/deep.cors changed: wrote policies/api.cors.mjs");
  });

  test("of the time alone is none", async () => {
    writeProject();
    const following = await followQuietly(2, "policies");
    utimesSync(at("policies/api.cors"), new Date(0), new Date(0));
    write("lib/shared.cors", SHARED);
    write("policies/open.cors", "origins none\n");
    expect(await following.next()).toBe("policies/open.cors changed: wrote policies/open.cors.mjs");
  });

  test("of the file that a link leads to", async () => {
    write("elsewhere/real.cors", "origins *\n");
    symlinkSync(at("elsewhere/real.cors"), at("api.cors"));
    // The outputs go where nobody listens, so that nothing is heard at all.
    const following = await followQuietly(1, "api.cors", "--out-dir", "dist");
    for (const origins of ["none", "*", "none"]) {
      write("elsewhere/real.cors", `origins ${origins}\n`);
      expect(await following.next()).toBe("api.cors changed: wrote dist/api.cors.mjs");
    }
  });

  test("that keeps the size and the time is seen", async () => {
    write("api.cors", "origins https://a.example\n");
    const following = await followQuietly(1, "api.cors");
    const { atime, mtime } = statSync(at("api.cors"));
    write("new", "origins https://b.example\n");
    utimesSync(at("new"), atime, mtime);
    renameSync(at("new"), at("api.cors"));
    expect(await following.next()).toBe("api.cors changed: wrote api.cors.mjs");
    expect(read("api.cors.mjs")).toContain('"https://b.example"');
  });
});

describe("with errors", () => {
  test("nothing is written, and what is wrong is printed as always", async () => {
    write("api.cors", "origins *\n");
    const following = await followQuietly(1, "api.cors");
    const before = read("api.cors.mjs");
    write("api.cors", "orgins *\nmethods get\n");
    expect(await following.next()).toBe("api.cors changed: 2 errors, outputs left as before");
    expect(read("api.cors.mjs")).toBe(before);
    const [, printed] = following.stderr().split("Ctrl-C ends it\n");
    expect(
      `${printed}2 errors and 0 warnings in 1 file\napi.cors.mjs, api.cors.d.mts left as before, from an earlier version of the policy\n`,
    ).toBe(corsCompile(["api.cors"]).stderr);
    write("api.cors", "origins *\n");
    expect(await following.next()).toBe("api.cors changed: api.cors is up to date");
  });

  test("at the beginning, it follows all the same", async () => {
    write("api.cors", "orgins *\n");
    const following = await follow("api.cors");
    expect(following.stderr()).toContain("error[unknown-setting]");
    write("api.cors", "orgins none\n");
    expect(await following.next()).toBe("api.cors changed: 1 error, nothing written");
    write("api.cors", "origins *\n");
    expect(await following.next()).toBe("api.cors changed: wrote api.cors.mjs, api.cors.d.mts");
    expect((await following.stop("SIGINT")).exitCode).toBe(0);
  });

  test("in what is imported, all that need it are left as they were, and others are not", async () => {
    writeProject();
    write("policies/more.cors", API.replace("origins @partners", "policy more {\n  origins @partners\n}"));
    const following = await followQuietly(3, "policies", "lib/shared.cors");
    write("lib/shared.cors", SHARED.replace("https://", "https:/"));
    expect(await following.next()).toBe("lib/shared.cors changed: 1 error, outputs left as before");
    expect(following.stderr().split("error[")).toHaveLength(2);
    write("policies/open.cors", "origins none\n");
    expect(await following.next()).toBe("policies/open.cors changed: wrote policies/open.cors.mjs");
  });

  test("in one of the files that changed, the others are written", async () => {
    writeProject();
    const following = await followQuietly(2, "policies");
    // Both at once: a folder that is put in the place of the other.
    write("next/api.cors", "orgins *\n");
    write("next/open.cors", "origins none\n");
    renameSync(at("policies"), at("last"));
    renameSync(at("next"), at("policies"));
    expect(await following.next()).toBe(
      "policies/api.cors, policies/open.cors changed: wrote policies/open.cors.mjs, policies/open.cors.d.mts; 1 error, nothing written for policies/api.cors",
    );
  });
});

describe("a save", () => {
  const NEXT = "origins https://next.example\ncredentials true\n";

  const SAVES: Readonly<Record<string, () => void>> = {
    "in two parts": () => {
      write("api.cors", "");
      write("api.cors", "origins https:/");
      write("api.cors", NEXT);
    },
    "by a new file that takes the place": () => {
      write(".api.cors.swp", NEXT);
      renameSync(at(".api.cors.swp"), at("api.cors"));
    },
    "that keeps the old file as a backup": () => {
      renameSync(at("api.cors"), at("api.cors~"));
      write("api.cors", NEXT);
    },
    "after the file was removed": () => {
      rmSync(at("api.cors"));
      write("api.cors", NEXT);
    },
  };

  test.each(Object.entries(SAVES))("%s is one change", async (_, save) => {
    write("api.cors", "origins *\n");
    const following = await followQuietly(1, ".");
    save();
    expect(await following.next()).toBe("api.cors changed: wrote api.cors.mjs");
    write("api.cors", "origins none\n");
    expect(await following.next()).toBe("api.cors changed: wrote api.cors.mjs");
    expect(following.stderr()).toBe("following 1 file and what they import; Ctrl-C ends it\n");
  });

  test("that leaves the file empty is told", async () => {
    write("api.cors", "origins *\n");
    const following = await followQuietly(1, "api.cors");
    write("api.cors", "");
    expect(await following.next()).toBe("api.cors changed: 1 error, outputs left as before");
    expect(following.stderr().split("error[missing-origins]")).toHaveLength(2);
  });
});
