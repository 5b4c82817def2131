/** Random choices that a seed repeats: mulberry32, which is small and good enough for making test data. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** From 0 to before 1. */
  fraction(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.fraction() * (most - least + 1));
  }

  /** True so often: 0 is never, 1 always. */
  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  /** One of the list, which may be a string's characters. */
  pick<Item>(list: ArrayLike<Item>): Item {
    // The cast holds: the index is within the list, and nobody picks from an empty one.
    return list[this.between(0, list.length - 1)] as Item;
  }

  /** Several of what `make` makes. */
  several<Item>(least: number, most: number, make: () => Item): Item[] {
    return Array.from({ length: this.between(least, most) }, make);
  }

  shuffle<Item>(list: readonly Item[]): Item[] {
    return list
      .map((item) => ({ item, rank: this.fraction() }))
      .sort((one, other) => one.rank - other.rank)
      .map(({ item }) => item);
  }
}

/** The seed of this run: from the environment, to repeat a run that failed, or a fresh one. */
export function seedOfThisRun(): number {
  const given = process.env.CORSLANG_SEED;
  return given === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(given);
}
