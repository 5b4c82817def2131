import { execFileSync, spawnSync } from "node:child_process";
import { renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { command, useWorkplace } from "../cors-compile.js";

/* Revisions of real repositories, read by the real git. */

const workplace = useWorkplace();
const { write, corsCompile } = workplace;

function git(...args: readonly string[]): string {
  const identity = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.com"];
  // Not whatever the machine's own configuration says.
  const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };
  return execFileSync("git", [...identity, ...args], { cwd: workplace.folder, encoding: "utf8", env, stdio: "pipe" });
}

function commit(): void {
  git("add", "--all");
  git("commit", "--quiet", "--allow-empty", "--message", "x");
}

const OLD = "origins https://app.example.com\n";
const WIDER = "origins https://app.example.com, https://www.example.com\n";

/** What is newly allowed in `default` of a file. */
function widened(file: string, place: string): string {
  return `default in ${file}
  newly allowed
    https://www.example.com (${place})
      may use GET, HEAD, POST; without credentials; preflights remembered for 5 seconds
      for example GET from https://www.example.com: kept from the page before, allowed now
  unchanged
    methods, request headers, response headers, credentials, preflight caching

1 policy allows more
`;
}

describe("in a repository", () => {
  beforeEach(() => {
    git("init", "--quiet", "--initial-branch", "main");
    write("policies/api.cors", OLD);
    commit();
  });

  test("one revision is compared with the files as they are", () => {
    write("policies/api.cors", WIDER);
    const expected = widened("policies/api.cors", "policies/api.cors:1");
    expect(corsCompile(["diff", "--git", "HEAD"])).toEqual({ status: 0, stdout: expected, stderr: "" });
    expect(corsCompile(["diff", "--git", "main", "policies"]).stdout).toBe(expected);
    expect(corsCompile(["diff", "--git", "HEAD", "policies/api.cors", "--fail-on", "widened"]).status).toBe(1);
  });

  test("two revisions are compared, whatever the files are; left out, one is HEAD", () => {
    write("policies/api.cors", WIDER);
    commit();
    write("policies/api.cors", "not a policy");
    expect(corsCompile(["diff", "--git", "HEAD~1..main"]).stdout).toBe(
      widened("policies/api.cors", "main:policies/api.cors:1"),
    );
    expect(corsCompile(["diff", "--git", "HEAD~1.."]).stdout).toBe(
      widened("policies/api.cors", "HEAD:policies/api.cors:1"),
    );
    expect(corsCompile(["diff", "--git", "..HEAD~1"]).stdout).toContain("no longer allowed");
  });

  test("imports are those of the same revision, also beside what is compared", () => {
    write("shared.cors", "set apps [\n  https://app.example.com\n]\n");
    write("policies/api.cors", 'import apps from "../shared.cors"\norigins @apps\n');
    commit();
    write("shared.cors", "set apps [\n  https://app.example.com\n  https://www.example.com\n]\n");
    commit();
    expect(corsCompile(["diff", "--git", "HEAD~1..HEAD", "policies"]).stdout).toBe(
      widened("policies/api.cors", "HEAD:shared.cors:3"),
    );
    expect(corsCompile(["diff", "--git", "HEAD~2..HEAD~1", "policies"]).stdout).toBe("1 policy means the same\n");
  });

  test("an import that leaves the repository leads nowhere", () => {
    write("policies/api.cors", 'import apps from "../../shared.cors"\norigins @apps\n');
    commit();
    const { status, stderr } = corsCompile(["diff", "--git", "HEAD~1..HEAD"]);
    expect(status).toBe(1);
    expect(stderr).toContain("HEAD:policies/api.cors:1:18");
    expect(stderr).toContain("it is outside of the repository");
  });

  test("a file that is renamed, and one that is moved, are no change", () => {
    renameSync(join(workplace.folder, "policies"), join(workplace.folder, "services"));
    write("services/renamed.cors", "policy open {\n  origins *\n}\n");
    commit();
    renameSync(join(workplace.folder, "services/renamed.cors"), join(workplace.folder, "services/open.cors"));
    expect(corsCompile(["diff", "--git", "HEAD", "--fail-on", "changed"])).toEqual({
      status: 0,
      stdout: `renamed or moved, and otherwise unchanged
  open in services/open.cors, before open in services/renamed.cors

2 policies mean the same
`,
      stderr: "",
    });
  });

  test("a first policy and the last one are found", () => {
    write("other/first.cors", OLD);
    rmSync(join(workplace.folder, "policies"), { recursive: true });
    expect(corsCompile(["diff", "--git", "HEAD", "other", "--fail-on", "widened"]).status).toBe(1);
    expect(corsCompile(["diff", "--git", "HEAD", "policies"]).stdout).toContain("which is there no more");
  });

  test("folders with dots and node_modules are passed over, as on the disk", () => {
    write("node_modules/a/api.cors", "origins *\n");
    write(".cache/api.cors", "origins *\n");
    commit();
    rmSync(join(workplace.folder, "node_modules"), { recursive: true });
    rmSync(join(workplace.folder, ".cache"), { recursive: true });
    expect(corsCompile(["diff", "--git", "HEAD", "--fail-on", "changed"]).status).toBe(0);
    expect(corsCompile(["diff", "--git", "HEAD..HEAD", "node_modules"]).stdout).toBe("1 policy means the same\n");
  });

  test("links are followed, and those that lead around or away lead nowhere", () => {
    symlinkSync("policies/api.cors", join(workplace.folder, "link.cors"));
    commit();
    expect(corsCompile(["diff", "--git", "HEAD", "link.cors"]).stdout).toBe("1 policy means the same\n");
    symlinkSync("around.cors", join(workplace.folder, "around.cors"));
    symlinkSync("/etc/passwd", join(workplace.folder, "away.cors"));
    commit();
    const { status, stderr } = corsCompile(["diff", "--git", "HEAD..HEAD"]);
    expect(status).toBe(2);
    expect(stderr).toContain("HEAD:around.cors: is a symbolic link that leads to itself\n");
    expect(stderr).toContain("HEAD:away.cors: does not exist\n");
    expect(stderr).not.toContain("root");
  });

  test("from a folder of the repository, files are called as seen from there", () => {
    write("policies/api.cors", WIDER);
    const { stdout } = spawnSync(process.execPath, [command, "diff", "--git", "HEAD"], {
      cwd: join(workplace.folder, "policies"),
      encoding: "utf8",
    });
    expect(stdout).toBe(widened("api.cors", "api.cors:1"));
    const above = spawnSync(process.execPath, [command, "diff", "--git", "HEAD", ".", ".."], {
      cwd: join(workplace.folder, "policies"),
      encoding: "utf8",
    });
    expect(above.stdout).toBe(widened("api.cors", "../policies/api.cors:1"));
  });

  test("names of files may have any character", () => {
    write("policies/ä b\tc.cors", OLD);
    commit();
    write("policies/ä b\tc.cors", WIDER);
    expect(corsCompile(["diff", "--git", "HEAD"]).stdout).toContain(
      "https://www.example.com (policies/ä b\tc.cors:1)\n",
    );
  });

  test("errors of a revision are shown with the revision", () => {
    write("policies/api.cors", "orgins *\n");
    commit();
    const { status, stdout, stderr } = corsCompile(["diff", "--git", "HEAD..HEAD~1"]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain("--> HEAD:policies/api.cors:1:1");
  });

  test.each([
    [["--git", "nowhere"], "there is no revision `nowhere`; in a shallow clone, fetch it first"],
    [["--git", "HEAD..nowhere"], "there is no revision `nowhere`; in a shallow clone, fetch it first"],
    [["--git=--help"], "`--help` is no revision"],
    [["--git", "HEAD", "missing"], "there is no .cors file in missing, in either version"],
  ])("%j can't be compared", (args, problem) => {
    expect(corsCompile(["diff", ...args])).toEqual({ status: 2, stdout: "", stderr: `cors-compile: ${problem}\n` });
  });
});

test("outside of a repository, git's own words are told", () => {
  const { status, stderr } = corsCompile(["diff", "--git", "HEAD"]);
  expect(status).toBe(2);
  expect(stderr).toMatch(/^cors-compile: git: not a git repository/);
});

test("without git, that is told", () => {
  const options = { cwd: workplace.folder, encoding: "utf8", env: { PATH: "" } } as const;
  const { status, stderr } = spawnSync(process.execPath, [command, "diff", "--git", "HEAD"], options);
  expect({ status, stderr }).toEqual({ status: 2, stderr: "cors-compile: git is not installed\n" });
});
