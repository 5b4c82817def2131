import { type CompiledPolicy, createMatcher } from "@corslang/runtime";
import type { Application, StartApplication } from "../applications/application.js";

/** Applications of one framework, one for each policy that is asked for. */
export interface StartedApplications {
  readonly applicationFor: (policy: CompiledPolicy, debug?: boolean) => Promise<Application>;
  readonly closeAll: () => Promise<void>;
}

/** Starts an application when its policy is asked for the first time. */
export function startApplications(start: StartApplication): StartedApplications {
  const started = new Map<string, Promise<Application>>();
  return {
    applicationFor(policy, debug = false) {
      const key = JSON.stringify({ policy, debug });
      const application = started.get(key) ?? start(createMatcher(policy), { debug });
      started.set(key, application);
      return application;
    },
    async closeAll() {
      for (const application of started.values()) await (await application).close();
    },
  };
}
