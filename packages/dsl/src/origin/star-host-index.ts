import type { HostPattern } from "./pattern.js";

/** By what stands before the star, then by what stands behind it. */
type PartialLabels = Map<string, Map<string, number>>;

/** The names that a name is below, the nearest first. */
function* parentsOf(name: string): Generator<string> {
  for (let dot = name.indexOf("."); dot >= 0; dot = name.indexOf(".", dot + 1)) yield name.slice(dot + 1);
}

function getOrAdd<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/**
 * Host patterns with a star, each with a position, to find those that cover a host pattern. Every pattern that could is
 * looked up, so the time depends on the length of the host and hardly on how many patterns there are. Has to agree with
 * `coversHost`, which looks at two patterns; a test holds that.
 *
 * @example
 * ```ts
 * const index = new StarHostIndex();
 * index.add({ kind: "subdomains", base: "example.com" }, 7);
 * [...index.findCovers({ kind: "name", name: "a.example.com" })]; // [7]
 * ```
 */
export class StarHostIndex {
  readonly #subdomainsByBase = new Map<string, number>();
  readonly #partialLabelsByBase = new Map<string, PartialLabels>();

  /** Adds a pattern; of equal ones the first counts. A host without a star is left out. */
  add(host: HostPattern, position: number): void {
    if (host.kind === "subdomains") {
      getOrAdd(this.#subdomainsByBase, host.base, () => position);
    } else if (host.kind === "partial-label") {
      const labels: PartialLabels = getOrAdd(this.#partialLabelsByBase, host.base, () => new Map());
      const afters: Map<string, number> = getOrAdd(labels, host.before, () => new Map());
      getOrAdd(afters, host.after, () => position);
    }
  }

  /** The positions of the patterns that cover one, an equal one included, in no order. */
  *findCovers(host: HostPattern): Generator<number> {
    switch (host.kind) {
      case "name": {
        const [label = ""] = host.name.split(".", 1);
        yield* this.#findSubdomains(parentsOf(host.name));
        // The star needs a character of the label for itself.
        yield* this.#findPartialLabels(host.name.slice(label.length + 1), label, label, label.length - 1);
        break;
      }
      case "address":
        break;
      case "subdomains":
        yield* this.#findSubdomains([host.base, ...parentsOf(host.base)]);
        break;
      case "partial-label": {
        const { before, after, base } = host;
        yield* this.#findSubdomains([base, ...parentsOf(base)]);
        yield* this.#findPartialLabels(base, before, after, before.length + after.length);
      }
    }
  }

  *#findSubdomains(bases: Iterable<string>): Generator<number> {
    for (const base of bases) {
      const position = this.#subdomainsByBase.get(base);
      if (position !== undefined) yield position;
    }
  }

  /** Those that begin as `start` does and end as `end` does, with at most `longest` characters beside the star. */
  *#findPartialLabels(base: string, start: string, end: string, longest: number): Generator<number> {
    const labels = this.#partialLabelsByBase.get(base);
    if (!labels) return;
    for (let before = 0; before <= Math.min(start.length, longest); before++) {
      const afters = labels.get(start.slice(0, before));
      if (!afters) continue;
      for (let after = 0; after <= Math.min(end.length, longest - before); after++) {
        const position = afters.get(end.slice(end.length - after));
        if (position !== undefined) yield position;
      }
    }
  }
}
