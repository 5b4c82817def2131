import { spawnSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** How a command ended. */
export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A git repository for a test, and a place beside it for what must not be in a checkout. */
export interface ScratchRepository {
  readonly checkout: string;
  /** Where a runner of GitHub Actions puts what is temporary. */
  readonly temporary: string;
  readonly write: (path: string, text: string) => void;
  readonly read: (path: string) => string;
  readonly remove: (path: string) => void;
  readonly git: (...args: readonly string[]) => string;
  /** Commits all that is there. */
  readonly commit: () => void;
  /** Runs a command with an npx that installs nothing: what it is asked for is the built package of this repository. */
  readonly run: (command: readonly string[], folder: string, environment?: Readonly<Record<string, string>>) => Run;
  /** What npx was called with, and in which folder, the last time. */
  readonly readNpxCall: () => { readonly folder: string; readonly options: readonly string[] };
  /** The names of all files but git's own, in the checkout and beside it. */
  readonly files: () => readonly string[];
  readonly delete: () => void;
}

const CORS_COMPILE = fileURLToPath(new URL("../../packages/dsl/bin/cors-compile.mjs", import.meta.url));

/** Takes the place of npx: keeps what it is called with, and runs what is behind the first `--`. */
const NPX = `#!/bin/sh
pwd > "$NPX_CALL"
while [ "$1" != "--" ]; do
  printf '%s\\n' "$1" >> "$NPX_CALL"
  shift
done
shift
exec "$@"
`;

/** Names and addresses for commits, and nothing of whoever runs the tests. */
const GIT_ENVIRONMENT = {
  GIT_AUTHOR_NAME: "test",
  GIT_AUTHOR_EMAIL: "test@example.com",
  GIT_COMMITTER_NAME: "test",
  GIT_COMMITTER_EMAIL: "test@example.com",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_SYSTEM: "/dev/null",
};

/** Makes an empty repository, on a branch `main`. */
export function createRepository(): ScratchRepository {
  const folder = mkdtempSync(join(tmpdir(), "corslang-pull-request-"));
  const [checkout, temporary, commands] = [
    join(folder, "checkout"),
    join(folder, "temporary"),
    join(folder, "commands"),
  ];
  for (const path of [checkout, temporary, commands]) mkdirSync(path);
  writeFileSync(join(commands, "npx"), NPX);
  chmodSync(join(commands, "npx"), 0o755);
  symlinkSync(CORS_COMPILE, join(commands, "cors-compile"));
  const npxCall = join(folder, "npx-call");

  function run(command: readonly string[], cwd: string, environment: Readonly<Record<string, string>> = {}): Run {
    const [name = "", ...args] = command;
    const { status, stdout, stderr } = spawnSync(name, args, {
      cwd,
      encoding: "utf8",
      env: {
        ...process.env,
        ...GIT_ENVIRONMENT,
        PATH: [commands, dirname(process.execPath), process.env.PATH].join(delimiter),
        NPX_CALL: npxCall,
        ...environment,
      },
      timeout: 60_000,
    });
    return { status, stdout, stderr };
  }

  function git(...args: readonly string[]): string {
    const { status, stdout, stderr } = run(["git", ...args], checkout);
    if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
    return stdout.trim();
  }

  git("init", "--quiet", "--initial-branch=main");
  return {
    checkout,
    temporary,
    write(path, text) {
      mkdirSync(dirname(join(checkout, path)), { recursive: true });
      writeFileSync(join(checkout, path), text);
    },
    read: (path) => readFileSync(join(checkout, path), "utf8"),
    remove: (path) => rmSync(join(checkout, path)),
    git,
    commit() {
      git("add", "--all");
      git("commit", "--quiet", "--message", "change");
    },
    run,
    readNpxCall() {
      const [cwd = "", ...options] = readFileSync(npxCall, "utf8").trimEnd().split("\n");
      return { folder: cwd, options };
    },
    files: () =>
      [checkout, temporary].flatMap((place) =>
        readdirSync(place, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile() && !entry.parentPath.startsWith(join(checkout, ".git")))
          .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)),
      ),
    delete: () => rmSync(folder, { recursive: true }),
  };
}
