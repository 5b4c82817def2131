/* A server on the loopback interface, in a process of its own. */
import { createServer } from "node:http";
import { createApplication, listenerOf } from "../frameworks/index.mjs";

/**
 * @param {object} options - See `createApplication`.
 * @param {number} [options.maxHeaderSize] - Of `node:http`, in bytes; without it, Node's own 16 kB.
 */
export async function create({ maxHeaderSize, ...options }) {
  const settings = {
    ...(maxHeaderSize === undefined ? {} : { maxHeaderSize }),
    // Between two turns of a server the others have theirs, and its connections are to stay.
    keepAliveTimeout: 600_000,
  };
  const server = createServer(settings, await listenerOf(await createApplication(options)));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: () => server.address().port,
    /** Microseconds that this process has spent so far: all threads, in the system as well. */
    cpu() {
      const { user, system } = process.cpuUsage();
      return user + system;
    },
  };
}
