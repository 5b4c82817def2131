/*
 * A process with one subject in it, and nothing else. Functions that are called with one kind of thing are compiled
 * for it; beside a rival in one process each would slow the other down, and neither would be as fast as it is in a
 * server. Arguments: the module that makes the subject, and what it is made of, as JSON.
 */
const [, , module, options] = process.argv;
const subject = await (await import(module)).create(JSON.parse(options));

process.on("message", async ({ method, args }) => {
  try {
    process.send({ result: await subject[method](...args) });
  } catch (error) {
    process.send({ error: error.stack });
  }
});
process.on("disconnect", () => process.exit());
process.send({ result: null });
