/** A defect that other CORS middlewares have, and the test that shows that it isn't here. */
export interface Defect {
  readonly number: number;
  /** What the others do. */
  readonly defect: string;
  /** Shows its absence. */
  readonly isAbsent: () => void | Promise<void>;
  /** Why it can't be here, where that says more than the test. */
  readonly because?: string;
}
