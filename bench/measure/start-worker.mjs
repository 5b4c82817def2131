import { fork } from "node:child_process";

const WORKER = new URL("worker.mjs", import.meta.url);

/** The next message of a worker; rejects when it fails or ends. */
function receive(child) {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new Error(`a process has ended with ${child.exitCode ?? child.signalCode}`));
    child.once("exit", stop);
    child.once("message", ({ result, error }) => {
      child.off("exit", stop);
      if (error === undefined) resolve(result);
      else reject(new Error(error));
    });
  });
}

/** What starts Node: `taskset` becomes it, with all the threads that it will have on one core. */
function nodeOn(core) {
  const execArgv = ["--expose-gc"];
  return core === null ? { execArgv } : { execPath: "taskset", execArgv: ["-c", core, process.execPath, ...execArgv] };
}

/**
 * Starts a process for one subject.
 *
 * @param {URL} module - Exports `create(options)`, which returns an object with methods.
 * @param {object} options - Plain data.
 * @param {string | null} core - To which the process is tied; see cores.mjs.
 * @returns What calls the subject's methods by their name, one after the other.
 */
export async function startWorker(module, options, core = null) {
  const child = fork(WORKER, [module.href, JSON.stringify(options)], {
    ...nodeOn(core),
    // As servers run: frameworks do more when they are being developed with.
    env: { ...process.env, NODE_ENV: "production" },
  });
  await receive(child);
  return {
    call(method, ...args) {
      const answer = receive(child);
      child.send({ method, args });
      return answer;
    },
    stop: () => child.kill(),
  };
}
