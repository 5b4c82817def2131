/*
 * Loaded before the command: kills its process, as the system does it, at one of the moments at which it writes. KILL_AT
 * says at which; where there are fewer, the command ends as usual. The moments are those before each call that changes
 * files, and of a write one more, when half of its bytes are there.
 */
const fs = require("node:fs");
const { syncBuiltinESMExports } = require("node:module");

const killAt = Number(process.env.KILL_AT);
const { pid } = process;
let moments = 0;

function passMoment() {
  if (++moments === killAt) process.kill(pid, "SIGKILL");
}

for (const name of ["mkdirSync", "writeFileSync", "chmodSync", "linkSync", "renameSync", "rmSync", "unlinkSync"]) {
  const call = fs[name];
  fs[name] = (...args) => {
    passMoment();
    if (name === "writeFileSync") {
      if (moments + 1 === killAt) {
        const [path, text, options] = args;
        call(path, text.slice(0, text.length / 2), options);
      }
      passMoment();
    }
    return call(...args);
  };
}

// In a container every build can have the same one.
Object.defineProperty(process, "pid", { value: 7 });
syncBuiltinESMExports();
