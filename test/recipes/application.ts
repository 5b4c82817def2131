import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll } from "vitest";
import { send } from "../../packages/adapters/test/http-client.js";

/** The folder with the recipes' applications. */
export const RECIPES = fileURLToPath(new URL("../../examples/recipes/", import.meta.url));

const PACKAGES = fileURLToPath(new URL("../../packages/", import.meta.url));

/** How an application is built and started; the first word is `node`, or a command of the recipes' packages. */
export interface ApplicationCommands {
  /** The application's folder below examples/recipes. */
  readonly folder: string;
  readonly build?: readonly string[];
  /** Gets the port to listen on in the environment as PORT, and where a word is `$PORT`. */
  readonly start: readonly string[];
}

/** An application that listens while the tests of a file run. */
export interface RunningApplication {
  readonly port: number;
}

/** Nobody's network is needed, and nobody is told that the tests ran. */
const QUIET = { NEXT_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1", DENO_NO_UPDATE_CHECK: "1", NODE_ENV: "production" };

/** Applications on a busy machine with two cores take their time. */
const PATIENCE = 90_000;

const running = new Set<ChildProcess>();

/** Ends a process with those that it has started: it was made the leader of a group. */
function kill(child: ChildProcess): void {
  running.delete(child);
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch (error) {
    // The group has ended by itself.
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

process.on("exit", () => running.forEach(kill));

function pathOf(command: string): string {
  return command === "node" ? process.execPath : join(RECIPES, "node_modules/.bin", command);
}

/** Runs a command in a folder of the recipes to its end; rejects with what it printed. */
async function run([command = "", ...args]: readonly string[], folder: string): Promise<void> {
  const env = { ...process.env, ...QUIET };
  await promisify(execFile)(pathOf(command), args, { cwd: join(RECIPES, folder), env }).catch((error) => {
    throw new Error(`${[command, ...args].join(" ")} failed in ${folder}:\n${error.stdout}${error.stderr}`);
  });
}

/**
 * Puts the built packages into an application's own node_modules, as a package manager does that has downloaded them.
 * Through the links of the workspace, bundlers and Bun would find the tsconfig.json above the packages, and in it the
 * way to their sources.
 */
async function installPackages(folder: string): Promise<void> {
  for (const name of ["runtime", "adapters"]) {
    const target = join(RECIPES, folder, "node_modules/@corslang", name);
    await rm(target, { recursive: true, force: true });
    for (const entry of ["package.json", "dist"]) {
      await cp(join(PACKAGES, name, entry), join(target, entry), { recursive: true });
    }
  }
}

/** Compiles the recipes' policy into the folder of an application. */
export async function compilePolicy(folder: string): Promise<void> {
  await run(["cors-compile", "api.cors", "--out-dir", folder], "");
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  return address.port;
}

/** Waits until an application answers. `false` when it has ended, whoever answers on its port then. */
async function isAnswering(child: ChildProcess, port: number): Promise<boolean> {
  const deadline = Date.now() + PATIENCE;
  let answered = false;
  while (!answered && child.exitCode === null && Date.now() < deadline) {
    await delay(100);
    answered = await send(port, "GET /").then(
      () => true,
      () => false,
    );
  }
  return answered && child.exitCode === null;
}

interface StartedApplication extends RunningApplication {
  readonly child: ChildProcess;
  /** What it has printed so far. */
  readonly printed: () => string;
}

async function start(commands: ApplicationCommands, attempts = 3): Promise<StartedApplication> {
  const { folder } = commands;
  const [command = "", ...args] = commands.start;
  const port = await findFreePort();
  const child = spawn(
    pathOf(command),
    args.map((word) => word.replace("$PORT", String(port))),
    {
      cwd: join(RECIPES, folder),
      env: { ...process.env, ...QUIET, PORT: String(port) },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    },
  );
  running.add(child);
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      printed += text;
    });
  }
  if (await isAnswering(child, port)) return { port, child, printed: () => printed };
  kill(child);
  // Somebody may have taken the port since it was found.
  if (attempts > 1 && /in use/i.test(printed)) return start(commands, attempts - 1);
  throw new Error(`${commands.start.join(" ")} does not answer in ${folder}:\n${printed}`);
}

/**
 * Installs the packages and the compiled policy into an application's folder, builds the application, and has it listen
 * on a free port while the tests around the call run.
 */
export function useApplication(commands: ApplicationCommands): RunningApplication {
  let application: StartedApplication | undefined;
  beforeAll(async () => {
    await installPackages(commands.folder);
    await compilePolicy(commands.folder);
    if (commands.build) await run(commands.build, commands.folder);
    application = await start(commands);
  }, 3 * PATIENCE);
  afterEach(({ task }) => {
    if (task.result?.state === "fail") console.error(application?.printed());
  });
  afterAll(() => {
    if (application) kill(application.child);
  });
  return {
    get port() {
      if (!application) throw new Error("the application has not been started");
      return application.port;
    },
  };
}
