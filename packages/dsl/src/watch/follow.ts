import { dirname } from "node:path";
import type { Host } from "../program/host.js";
import { type Change, findChanges } from "./changes.js";
import { type Content, isBlank } from "./content.js";
import { createFolderListener } from "./folder-listener.js";
import { createReading, type Reading, reachableFrom } from "./reading.js";

/** Milliseconds for which files have to stay as they are before they are compiled: a save is often several events. */
export const QUIET = 50;

/**
 * Milliseconds for which files have to stay as they are before bad news is told. An editor that empties a file before it
 * writes it, or takes it away before it puts the new one in place, is not worth a message.
 */
export const PATIENCE = 500;

/** Milliseconds between two looks at files of which nothing was heard. */
export const PAUSE = 1000;

/** Looking takes at most one part in so many of the time. */
const SHARE = 20;

/** Where following begins. */
export interface Entries {
  /** The files to be compiled, and those that were given and are not there. */
  readonly files: readonly string[];
  /** Folders in which more may appear. */
  readonly folders: readonly string[];
}

/** What has come of changed files. */
export interface Round {
  /** Whether it is to be told at once; what may be the half of a save is told when it lasts. */
  readonly isFine: boolean;
  /** Makes it count: writes, replaces, prints. Not called when the files change again before. */
  readonly tell: () => void;
}

/** What following is for. */
export interface Job {
  /** Called at each look. */
  readonly findEntries: () => Entries;
  /**
   * Compiles what has changed. Nothing may be written or printed before `tell`.
   *
   * @param host - Reads what has been looked at.
   * @param affected - The entries that have changed, or import what has, directly or not.
   */
  readonly compile: (host: Host, changes: readonly Change[], affected: readonly string[]) => Round;
}

/** What follows files until it is closed. */
export interface Follower {
  readonly close: () => void;
}

/** Changes that have been seen and not told yet. */
interface Pending {
  readonly contents: Map<string, Content>;
  readonly changes: readonly Change[];
  readonly since: number;
  compiled: { readonly round: Round; readonly reading: Reading } | null;
}

/**
 * Follows files, and all that they import, there or not.
 *
 * What counts is what is read, not what is heard: events only make it look earlier, and each look compares everything
 * with the last round. So no event can be missed, misread, or told twice.
 *
 * @param first - The reading of the compilation before; what has changed since is seen by the first look.
 * @param disk - Where files come from.
 * @param options - `persistent`: whether following keeps the process alive.
 *
 * @example
 * ```ts
 * const reading = createReading(disk);
 * compileFiles(["api.cors"], reading.host);
 * const follower = follow({ findEntries: () => ({ files: ["api.cors"], folders: [] }), compile }, reading, disk, { persistent: true });
 * process.once("SIGINT", follower.close);
 * ```
 */
export function follow(
  { findEntries, compile }: Job,
  first: Reading,
  disk: Host,
  { persistent }: { readonly persistent: boolean },
): Follower {
  /** What the last round was about, and what has been read since for the first time. */
  let known = new Map(first.contents);
  let imports = new Map(first.imports);
  let pending: Pending | null = null;
  let timer: NodeJS.Timeout | undefined;
  let due = Number.POSITIVE_INFINITY;
  const listener = createFolderListener(() => schedule(QUIET));

  function schedule(delay: number): void {
    const at = performance.now() + delay;
    if (at >= due) return;
    clearTimeout(timer);
    due = at;
    timer = setTimeout(lookAround, delay);
    if (!persistent) timer.unref();
  }

  function lookAround(): void {
    due = Number.POSITIVE_INFINITY;
    const start = performance.now();
    const wait = advance(findEntries(), start);
    schedule(wait ?? Math.max(PAUSE, SHARE * (performance.now() - start)));
  }

  /** Compiles what is pending, and remembers what is read for the first time: it can change before it is told. */
  function prepare({ contents, changes }: Pending, files: readonly string[]): NonNullable<Pending["compiled"]> {
    const changed = new Set(changes.map(({ path }) => path));
    const affected = files.filter((entry) => [...reachableFrom(entry, imports)].some((path) => changed.has(path)));
    const reading = createReading(disk, contents);
    const round = compile(reading.host, changes, affected);
    for (const [path, content] of reading.contents) {
      if (contents.has(path)) continue;
      contents.set(path, content);
      known.set(path, content);
    }
    return { round, reading };
  }

  /** Takes what is pending as known, without the files that nothing needs any more. */
  function settle(contents: ReadonlyMap<string, Content>, reading: Reading, files: readonly string[]): void {
    const all = new Map([...imports, ...reading.imports]);
    const reached = new Set(files.flatMap((entry) => [...reachableFrom(entry, all)]));
    known = new Map([...contents].filter(([path]) => reached.has(path)));
    imports = new Map([...all].filter(([path]) => reached.has(path)));
    pending = null;
  }

  /** Goes one step on; says in how many milliseconds the next one is due, or `null` when there is nothing to wait for. */
  function advance({ files, folders }: Entries, now: number): number | null {
    const contents = new Map([...files, ...known.keys()].map((path) => [path, disk.read(path)]));
    listener.listenTo([...folders, ...[...contents.keys()].map((path) => dirname(path))]);
    const changes = findChanges(known, contents);
    if (changes.length === 0) {
      pending = null;
      return null;
    }
    if (!pending || findChanges(pending.contents, contents).length > 0) {
      pending = { contents, changes, since: now, compiled: null };
      return QUIET;
    }
    const age = now - pending.since;
    if (age < QUIET) return QUIET - age;
    pending.compiled ??= prepare(pending, files);
    const { round, reading } = pending.compiled;
    const isDoubtful = changes.some(({ path, kind }) => kind === "removed" || isBlank(contents.get(path)));
    if ((!round.isFine || isDoubtful) && age < PATIENCE) return PATIENCE - age;
    settle(pending.contents, reading, files);
    round.tell();
    return null;
  }

  lookAround();
  return {
    close() {
      clearTimeout(timer);
      // Nothing is scheduled before this.
      due = Number.NEGATIVE_INFINITY;
      listener.close();
    },
  };
}
