/*
 * The cores to which a server and its client are tied, one to each. Left to the system, both come to share a core every
 * now and then, or change places: what a request costs a server then differs by a third from one turn to the next, with
 * nothing changed in what is measured; tied, by some hundredths.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** The cores that this process may use; none where the system can't say, or can't tie a process to one. */
function listCores() {
  let status;
  try {
    status = readFileSync("/proc/self/status", "utf8");
  } catch {
    // Not Linux.
    return [];
  }
  const cores = /^Cpus_allowed_list:(.*)$/m.exec(status)?.[1].match(/\d+/g) ?? [];
  return cores.length > 0 && spawnSync("taskset", ["-c", cores[0], "true"]).status === 0 ? cores : [];
}

const cores = listCores();

/** `null`: wherever the system likes. */
export const [SERVER_CORE, CLIENT_CORE] = cores.length > 1 ? [cores[0], cores.at(-1)] : [null, null];
