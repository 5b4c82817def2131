import { CorsAssertionError } from "../../src/testing.js";

/** The assertion error that a function throws, or that its promise rejects with. */
export async function thrownBy(run: () => unknown): Promise<CorsAssertionError> {
  try {
    await run();
  } catch (error) {
    if (error instanceof CorsAssertionError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
