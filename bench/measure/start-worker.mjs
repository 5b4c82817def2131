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

/**
 * Starts a process for one subject.
 *
 * @param {URL} module - Exports `create(options)`, which returns an object with methods.
 * @param {object} options - Plain data.
 * @returns What calls the subject's methods by their name, one after the other.
 */
export async function startWorker(module, options) {
  const child = fork(WORKER, [module.href, JSON.stringify(options)], {
    execArgv: ["--expose-gc"],
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
