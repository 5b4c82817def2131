/** Where V8 begins a stack; other engines do without. */
interface StackCapture {
  readonly captureStackTrace?: (error: Error, below: unknown) => void;
}

/**
 * What a failed assertion throws. Test runners tell an assertion by `expected` and `actual`, and show how they differ.
 */
export class CorsAssertionError extends Error {
  override readonly name = "CorsAssertionError";
  readonly expected: unknown;
  readonly actual: unknown;

  /** @param assertion - The function that the test called: the stack begins with its caller. */
  constructor(message: string, expected: unknown, actual: unknown, assertion?: (...args: never[]) => unknown) {
    super(message);
    this.expected = expected;
    this.actual = actual;
    // The cast holds: the member is optional there, as it is in the engines.
    (Error as StackCapture).captureStackTrace?.(this, assertion ?? CorsAssertionError);
  }
}
