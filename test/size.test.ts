import { expect, test } from "vitest";
import { measureSizes } from "../scripts/size.mjs";

test("the runtime, alone and with each adapter, is within its limit, minified and compressed", async () => {
  const sizes = await measureSizes();
  for (const { what, bytes, limit } of sizes) console.log(`${what}: ${bytes} of at most ${limit} bytes`);
  expect(sizes).toHaveLength(7);
  expect(sizes.filter(({ bytes, limit }) => bytes > limit)).toEqual([]);
});
