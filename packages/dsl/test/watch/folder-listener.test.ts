import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createFolderListener } from "../../src/watch/folder-listener.js";

/* That events are heard at all: whoever follows files looks from time to time as well, and would only be slower. */

let root = "";
let folder = "";
const onEvent = vi.fn();
const listener = createFolderListener(onEvent);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "folder-listener-"));
  folder = join(root, "policies");
  mkdirSync(folder);
});

afterEach(() => {
  listener.close();
  rmSync(root, { recursive: true });
});

/** Does something until it is heard: a system may begin to listen a little later than it says. */
async function hears(action: () => void): Promise<void> {
  onEvent.mockClear();
  await vi.waitFor(
    () => {
      action();
      expect(onEvent).toHaveBeenCalled();
    },
    { timeout: 20_000, interval: 20 },
  );
}

function save(): void {
  writeFileSync(join(folder, "api.cors"), "origins *\n");
}

test("a saved policy is heard of", async () => {
  listener.listenTo([folder, join(root, "not-there")]);
  await hears(save);
});

test("a file that is put in the place of another, and a new folder, are heard of", async () => {
  listener.listenTo([folder]);
  await hears(() => {
    writeFileSync(join(root, "new"), "origins *\n");
    renameSync(join(root, "new"), join(folder, "api.cors"));
  });
  let count = 0;
  await hears(() => mkdirSync(join(folder, String(count++))));
});

test("a folder that was removed and made again is listened to again", async () => {
  listener.listenTo([folder]);
  await hears(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(folder);
  listener.listenTo([folder]);
  await hears(save);
});

test("a folder that was moved away is not mixed up with the one in its place", async () => {
  listener.listenTo([folder]);
  renameSync(root, `${root}-moved`);
  mkdirSync(folder, { recursive: true });
  listener.listenTo([folder]);
  await hears(save);
  rmSync(`${root}-moved`, { recursive: true });
});
