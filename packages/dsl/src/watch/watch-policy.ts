import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { createPolicyRef, type PolicyRef } from "@corslang/runtime";
import { toPrintable } from "../diagnostics/pretty.js";
import { createDiskHost } from "../disk/disk-host.js";
import type { Host } from "../program/host.js";
import { compilePolicy, type PolicyChoice, type PolicyFault } from "./compile-policy.js";
import { follow, type Round } from "./follow.js";
import { createReading } from "./reading.js";

/** Which policy to follow, and how long. */
export interface WatchOptions {
  /** The name of the policy in the file; without it the one at the top level, or the only one that there is. */
  readonly policy?: string | undefined;
  /** The profile to compile for, as `--profile`; it has to be named in the file or in what that imports. */
  readonly profile?: string | undefined;
  /** Lets imports leave the folder of the nearest package.json, as `--allow-outside`. Off by default. */
  readonly allowOutside?: boolean | undefined;
  /** Ends the following when it is aborted. */
  readonly signal?: AbortSignal | undefined;
}

/** A policy that follows its file. Adapters take it in a policy's place. */
export interface WatchedPolicy extends PolicyRef {
  /** Ends the following; the policy stays as it is then. */
  readonly close: () => void;
}

type OptionCheck = (value: unknown) => boolean;

const isText: OptionCheck = (value) => typeof value === "string" && value !== "";

const OPTIONS: ReadonlyMap<string, OptionCheck> = new Map<string, OptionCheck>([
  ["policy", isText],
  ["profile", isText],
  ["allowOutside", (value) => typeof value === "boolean"],
  ["signal", (value) => value instanceof AbortSignal],
]);

function checkOptions(options: WatchOptions): void {
  for (const [name, value] of Object.entries(options)) {
    if (OPTIONS.has(name) && (value === undefined || OPTIONS.get(name)?.(value))) continue;
    throw new TypeError(
      `watchPolicy: option ${name} is ${JSON.stringify(value)}; policy and profile are names, allowOutside is true or false, signal is an AbortSignal, and there are no others`,
    );
  }
}

/** Absolute: the current folder may be another one later. */
function toPath(location: string | URL): string {
  const isUrl = typeof location !== "string" || location.startsWith("file:");
  return resolve(isUrl ? fileURLToPath(location) : location);
}

function describeFault(path: string, { summary, details }: PolicyFault): string {
  const sentence = `${toPrintable(`${path}: ${summary}`)}; the policy from before stays in place\n`;
  return details === "" ? sentence : `${details}\n${sentence}`;
}

/**
 * Follows a policy file and what it imports, for development: a policy that is changed is in place for the next
 * request, without a restart.
 *
 * When a change is wrong, the old policy stays in place, and standard error says once what is wrong; when it is right
 * again, that is said as well. An error anywhere in the file counts, as for the compiler. Following does not keep the
 * process alive.
 *
 * @param path - The policy file: from the current folder, absolute, or as a `file:` URL.
 * @returns The policy, once it is compiled for the first time.
 * @throws Error when there is no policy to begin with, with all diagnostics in its message; TypeError for an option that
 * is not what it should be; the signal's reason when it has been aborted.
 *
 * @example
 * ```ts
 * const policy = await watchPolicy("./api.cors");
 * app.use(cors(policy));
 * ```
 */
export async function watchPolicy(path: string | URL, options: WatchOptions = {}): Promise<WatchedPolicy> {
  checkOptions(options);
  const { policy = null, profile = null, allowOutside = false, signal } = options;
  signal?.throwIfAborted();
  const file = toPath(path);
  if (!file.endsWith(".cors")) throw new Error(`watchPolicy: ${toPrintable(file)}: is not a .cors file`);
  const choice: PolicyChoice = { name: policy, profile };
  const disk = createDiskHost({ allowOutside });
  const reading = createReading(disk);
  const first = compilePolicy(file, reading.host, choice);
  if ("fault" in first) {
    const { summary, details } = first.fault;
    throw new Error(`watchPolicy: ${toPrintable(`${file}: ${summary}`)}${details && `\n\n${details.trimEnd()}`}`);
  }
  const current = createPolicyRef(first.policy);
  let isFaulty = false;

  function compile(host: Host): Round {
    const next = compilePolicy(file, host, choice);
    return {
      isFine: "policy" in next,
      tell() {
        if ("fault" in next) {
          process.stderr.write(describeFault(file, next.fault));
        } else {
          current.replace(next.policy);
          if (isFaulty) process.stderr.write(`${toPrintable(file)}: right again, and its policy is in place\n`);
        }
        isFaulty = "fault" in next;
      },
    };
  }

  const findEntries = () => ({ files: [file], folders: [] });
  const follower = follow({ findEntries, compile }, reading, disk, { persistent: false });
  const close = () => {
    follower.close();
    signal?.removeEventListener("abort", close);
  };
  signal?.addEventListener("abort", close);
  return Object.freeze({
    ...current,
    get policy() {
      return current.policy;
    },
    close,
  });
}
