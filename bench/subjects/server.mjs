/* A server on the loopback interface, in a process of its own. */
import { createServer } from "node:http";
import { createApplication, listenerOf } from "../frameworks/index.mjs";

/** @param {object} options - See `createApplication`. */
export async function create(options) {
  const server = createServer(await listenerOf(await createApplication(options)));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: () => server.address().port,
    /** Microseconds that this process has spent so far: all threads, in the system as well. */
    cpu() {
      const { user, system } = process.cpuUsage();
      return user + system;
    },
    // The client does it.
    warmUp() {},
  };
}
