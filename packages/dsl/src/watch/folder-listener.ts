import { type FSWatcher, type Stats, statSync, watch } from "node:fs";
import { basename, resolve } from "node:path";

/** Hears of what happens in folders. */
export interface FolderListener {
  /** Listens to these folders from now on, as far as they are there, and to no others. */
  readonly listenTo: (folders: Iterable<string>) => void;
  readonly close: () => void;
}

interface Listening {
  readonly watcher: FSWatcher;
  /** The folder that is listened to; another one may have taken its place. */
  readonly device: number;
  readonly inode: number;
}

function findFolder(path: string): Stats | null {
  try {
    const stats = statSync(path);
    return stats.isDirectory() ? stats : null;
  } catch {
    return null;
  }
}

/**
 * Makes a listener that hears of nothing yet.
 *
 * Folders, not files: an editor that renames a new file into place leaves a listener of the old file behind. On Linux a
 * folder that is removed, or moved with one above it, leaves a listener that is silent and does not say so. That, file
 * systems that tell of nothing, and more folders than the system listens to are why whoever uses this has to look from
 * time to time as well, and to call `listenTo` then. It never keeps the process alive.
 *
 * @param onEvent - Called when something may have happened to a policy file; often, and sometimes for nothing.
 */
export function createFolderListener(onEvent: () => void): FolderListener {
  const listening = new Map<string, Listening>();

  function stop(folder: string): void {
    listening.get(folder)?.watcher.close();
    listening.delete(folder);
  }

  function start(folder: string, { dev, ino }: Stats): void {
    const ownName = basename(resolve(folder));
    try {
      const watcher = watch(folder, { persistent: false }, (type, name) => {
        // Programs write other files all the time.
        if (type === "change" && name !== null && !name.endsWith(".cors")) return;
        // So Linux tells the end of the folder itself. A new one may even get the old one's inode.
        if (type === "rename" && name === ownName) stop(folder);
        onEvent();
      });
      watcher.on("error", () => stop(folder));
      listening.set(folder, { watcher, device: dev, inode: ino });
    } catch {
      // No permission, or no more listeners to be had: the next look sees what has happened.
    }
  }

  return {
    listenTo(folders) {
      const wanted = new Set(folders);
      for (const folder of listening.keys()) if (!wanted.has(folder)) stop(folder);
      for (const folder of wanted) {
        const stats = findFolder(folder);
        const known = listening.get(folder);
        if (known && known.device === stats?.dev && known.inode === stats.ino) continue;
        stop(folder);
        if (stats) start(folder, stats);
      }
    },
    close() {
      for (const folder of listening.keys()) stop(folder);
    },
  };
}
