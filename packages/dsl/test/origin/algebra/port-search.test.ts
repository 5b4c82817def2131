import { describe, expect, test } from "vitest";
import { portsToTry } from "../../../src/origin/algebra/port-search.js";

const ALL = Array.from({ length: 65535 }, (_, index) => index + 1);

function portsBeside(named: readonly number[], scheme = "https") {
  return [...portsToTry(scheme, "any", new Set(named))];
}

describe("the ports of a pattern that have to be looked at", () => {
  test("are the one that it names", () => {
    expect([...portsToTry("https", 9000, new Set([9000]))]).toEqual([9000]);
    expect([...portsToTry("https", "default", new Set())]).toEqual(["default"]);
  });

  test("are of any port the default one, and one that nobody names", () => {
    expect(portsBeside([])).toEqual(["default", 3000]);
    expect(portsBeside([3000])).toEqual(["default", 8080]);
    expect(portsBeside([3000, 8080])).toEqual(["default", 8443]);
  });

  test("go from those without a service on to the others, up to the last of them", () => {
    const familiar = [3000, 8080, 8443];
    expect(portsBeside(familiar)).toEqual(["default", 49152]);
    expect(portsBeside([...familiar, ...ALL.slice(49151, 65534)])).toEqual(["default", 65535]);
    expect(portsBeside([...familiar, ...ALL.slice(49151)])).toEqual(["default", 49151]);
    expect(portsBeside(ALL.filter((port) => port !== 1))).toEqual(["default", 1]);
    expect(portsBeside(ALL.filter((port) => port !== 80))).toEqual(["default", 80]);
  });

  test("are all that can be written where all are named, and never the default one by its number", () => {
    for (const [scheme, own] of [
      ["https", 443],
      ["http", 80],
    ] as const) {
      const ports = new Set(portsBeside(ALL, scheme));
      expect(ports).toEqual(new Set(["default", ...ALL.filter((port) => port !== own)]));
    }
    expect(new Set(portsBeside(ALL, "capacitor"))).toEqual(new Set(["default", ...ALL]));
  });
});
