import { join } from "node:path";
import { expect } from "vitest";
import { command, useWorkplace, type Workplace } from "../cors-compile.js";
import { type Following, useFollowing } from "./following.js";

export const SHARED = "set partners [\n  https://partner.example\n]\n";
export const API = 'import partners from "../lib/shared.cors"\norigins @partners\n';

/** An empty folder for each test, to follow policies in. */
export interface WatchWorkplace extends Omit<Workplace, "folder"> {
  /** The absolute path of a file in the folder. */
  readonly at: (path: string) => string;
  /** Starts the command, and waits until it follows. */
  readonly follow: (...args: readonly string[]) => Promise<Following>;
  /** The same, and passes over so many lines about what it has written first. */
  readonly followQuietly: (count: number, ...args: readonly string[]) => Promise<Following>;
  /** Two policies, one of which imports from a folder that is not given. */
  readonly writeProject: () => void;
}

/** Makes a folder before each test of a file; ends what follows it and removes it after. */
export function useWatchWorkplace(): WatchWorkplace {
  const workplace = useWorkplace();
  const start = useFollowing();
  const { write, read, files, corsCompile } = workplace;

  async function follow(...args: readonly string[]): Promise<Following> {
    const following = start([command, "--watch", ...args], workplace.folder);
    if (!args.includes("--quiet")) await following.stderrHas("Ctrl-C ends it\n");
    return following;
  }

  return {
    write,
    read,
    files,
    corsCompile,
    at: (path) => join(workplace.folder, path),
    follow,
    async followQuietly(count, ...args) {
      const following = await follow(...args);
      for (let line = 0; line < count; line++) expect(await following.next()).toMatch(/^wrote /);
      return following;
    },
    writeProject() {
      write("package.json", "{}");
      write("lib/shared.cors", SHARED);
      write("policies/api.cors", API);
      write("policies/open.cors", "origins *\n");
    },
  };
}
