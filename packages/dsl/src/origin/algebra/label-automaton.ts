import type { PartialLabel } from "../label-relations.js";

/*
 * Reads a label from its front and tells whether it is one of a list: whole labels, and partial labels with a star. It is
 * an automaton of which only the states that are asked for are made, so that a list of thousands costs what is read of it.
 */

/** A place in what is looked for. Where a label can be at, several at once, is a state. */
interface Place {
  readonly id: number;
  readonly next: Map<string, Place>;
  /** Behind the part before a star: the place within the star, to which each character leads. */
  star: Place | null;
  /** Within a star each character leads back, too. */
  readonly isStar: boolean;
  /** A label that ends here is one of the list. */
  isEnd: boolean;
}

/** What has been read of a label: all that matters for how it may go on. */
export interface LabelState {
  /** Equal for equal states. */
  readonly key: string;
  /** Whether a label that ends here is one of the list. */
  readonly isListed: boolean;
  /** The characters that lead elsewhere than all others do. */
  readonly characters: ReadonlySet<string>;
  readonly read: (text: string) => LabelState;
}

/**
 * Makes the automaton of a list of labels, at its start.
 *
 * @example
 * ```ts
 * const start = createLabelAutomaton(["app"], [{ before: "preview-", after: "" }]);
 * start.read("app").isListed;       // true
 * start.read("preview-").isListed;  // false: a star is one character or more
 * start.read("preview-7").isListed; // true
 * ```
 */
export function createLabelAutomaton(labels: Iterable<string>, partialLabels: Iterable<PartialLabel>): LabelState {
  let count = 0;
  const createPlace = (isStar: boolean): Place => ({ id: count++, next: new Map(), star: null, isStar, isEnd: false });

  function follow(place: Place, text: string): Place {
    let here = place;
    for (const character of text) {
      const there = here.next.get(character) ?? createPlace(false);
      here.next.set(character, there);
      here = there;
    }
    return here;
  }

  const start = createPlace(false);
  for (const label of labels) follow(start, label).isEnd = true;
  for (const { before, after } of partialLabels) {
    const border = follow(start, before);
    border.star ??= createPlace(true);
    follow(border.star, after).isEnd = true;
  }

  function readCharacter(places: ReadonlySet<Place>, character: string): ReadonlySet<Place> {
    const reached = new Set<Place>();
    for (const place of places) {
      const next = place.next.get(character);
      if (next) reached.add(next);
      if (place.star) reached.add(place.star);
      if (place.isStar) reached.add(place);
    }
    return reached;
  }

  function createState(places: ReadonlySet<Place>): LabelState {
    const all = [...places];
    return {
      key: all
        .map(({ id }) => id)
        .sort((one, other) => one - other)
        .join(),
      isListed: all.some(({ isEnd }) => isEnd),
      characters: new Set(all.flatMap(({ next }) => [...next.keys()])),
      read: (text) => createState([...text].reduce(readCharacter, places)),
    };
  }

  return createState(new Set([start]));
}
