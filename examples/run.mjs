/* Starts the example servers, asks each the same, and prints what they answered. */
import { once } from "node:events";
import { request } from "node:http";
import { exchanges, findFaults } from "./exchanges.mjs";

// Frameworks print the stack of the error that two of the requests provoke. It would hide what is to be seen here.
process.env.NODE_ENV ??= "test";
console.error = () => {};

/** Node's own client: fetch would not let a script say what its Origin is. */
async function ask(port, { method, path, headers, body }) {
  const sent = request({ host: "127.0.0.1", port, method, path, headers, agent: false });
  sent.end(body);
  const [response] = await once(sent, "response");
  response.resume();
  await once(response, "end");
  return { status: response.statusCode, headers: response.headers };
}

const names = ["express", "fastify", "koa", "hono", "node", "fetch"];
const width = Math.max(...exchanges.map(({ what }) => what.length));
let wrong = 0;

const servers = [];
for (const name of names) {
  const { server } = await import(`./${name}/server.mjs`);
  if (!server.listening) await once(server, "listening");
  servers.push({ name, server, port: server.address().port });
}
for (const { name, port } of servers) console.log(`${name.padEnd(8)} http://127.0.0.1:${port}`);
console.log(`\n${"".padEnd(width)}  ${names.map((name) => name.padEnd(9)).join("")}`);

for (const exchange of exchanges) {
  const cells = [];
  const faults = [];
  for (const { name, port } of servers) {
    const answer = await ask(port, exchange);
    const found = findFaults(exchange, answer);
    cells.push(`${answer.status} ${found.length === 0 ? "ok" : "WRONG"}`.padEnd(9));
    faults.push(...found.map((fault) => `${name}: ${fault}`));
  }
  console.log(`${exchange.what.padEnd(width)}  ${cells.join("").trimEnd()}`);
  for (const fault of faults) console.log(`  ${fault}`);
  wrong += faults.length;
}

for (const { server } of servers) server.close();
console.log(
  wrong === 0
    ? `\nall ${exchanges.length * names.length} answers are what examples/api.cors says`
    : `\n${wrong} faults: the answers are not what examples/api.cors says`,
);
process.exitCode = wrong === 0 ? 0 : 1;
