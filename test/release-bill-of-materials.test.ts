import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { makeBillsOfMaterials } from "../scripts/bill-of-materials.mjs";

/*
 * The bill of materials of each package, as the build has written it: it is one by CycloneDX's own schema, and it lists
 * what the bundles say of themselves.
 */

const root = fileURLToPath(new URL("../", import.meta.url));
const PACKAGES = ["runtime", "adapters", "dsl"] as const;

interface Component {
  readonly type: string;
  readonly group?: string;
  readonly name: string;
  readonly version: string;
  readonly scope?: string;
  readonly purl?: string;
  readonly licenses: readonly { readonly license: { readonly id: string } }[];
}

interface Bill {
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

function readText(path: string): string {
  return readFileSync(`${root}${path}`, "utf8");
}

function readBill(name: string): Bill {
  return JSON.parse(readText(`packages/${name}/bom.cdx.json`));
}

function fullName({ group, name }: Component): string {
  return group === undefined ? name : `${group}/${name}`;
}

function createValidator() {
  // Its formats for names in other alphabets are those that ajv has no check for.
  const ajv = new Ajv({ strict: false, formats: { "idn-email": true, "iri-reference": true } });
  addFormats.default(ajv);
  const read = (file: string) => JSON.parse(readText(`test/fixtures/cyclonedx/${file}.schema.json`));
  for (const file of ["spdx", "jsf-0.82"]) ajv.addSchema(read(file));
  return ajv.compile(read("bom-1.6"));
}

describe("by CycloneDX's schema", () => {
  const validate = createValidator();

  test.each(PACKAGES)("%s: it is one", (name) => {
    validate(readBill(name));
    expect(validate.errors ?? []).toEqual([]);
  });

  test("and not everything is", () => {
    const bill = readBill("dsl");
    const broken = [
      { ...bill, bomFormat: "SPDX" },
      { ...bill, extra: true },
      { ...bill, components: [...bill.components, bill.components[0]] },
      { ...bill, components: [{ ...bill.components[0], licenses: [{ license: { id: "NO-SUCH-LICENCE" } }] }] },
    ];
    expect(broken.map((one) => validate(one))).toEqual([false, false, false, false]);
  });
});

test.each(PACKAGES)("%s: it is about the package, its version and its licence", (name) => {
  const { version, license } = JSON.parse(readText(`packages/${name}/package.json`));
  const { component } = readBill(name).metadata;
  expect([fullName(component), component.version]).toEqual([`@corslang/${name}`, version]);
  expect(component.licenses).toEqual([{ license: { id: license } }]);
});

test("made again, all of them are the same", () => {
  const again = makeBillsOfMaterials();
  expect([...again.keys()]).toEqual(PACKAGES);
  for (const [name, text] of again) expect(readText(`packages/${name}/bom.cdx.json`)).toBe(text);
});

describe("what users get is listed, and nothing else", () => {
  test("runtime: nothing", () => {
    expect(readBill("runtime").components).toEqual([]);
  });

  test("adapters: the runtime", () => {
    const { version } = JSON.parse(readText("packages/runtime/package.json"));
    expect(readBill("adapters").components).toMatchObject([{ group: "@corslang", name: "runtime", version }]);
  });

  test("dsl: the runtime, and what esbuild says of the bundles, with versions and licences", () => {
    // Above each module of a bundle, esbuild writes where it is from.
    const bundles = globSync(`${root}packages/dsl/dist/*.js`).map((path) => readFileSync(path, "utf8"));
    const PLACE = /^\/\/ .*\/node_modules\/\.pnpm\/(?:[^/]+@([^/@]+))\/node_modules\/((?:@[^/]+\/)?[^/]+)\//gm;
    const places = bundles.flatMap((text) =>
      [...text.matchAll(PLACE)].map(([, version, name]) => `${name} ${version}`),
    );
    const bundled = new Set(places);
    for (const name of ["chevrotain 13.2.0", "diff 9.0.0", "leven 4.1.0", "tldts 7.5.4", "zod 4.6.7"]) {
      expect(bundled).toContain(name);
    }
    const { version } = JSON.parse(readText("packages/runtime/package.json"));
    const suffixes = `Public Suffix List ${[...bundled].find((one) => one.startsWith("tldts "))?.slice(6)}`;
    const listed = readBill("dsl").components.map((one) => `${fullName(one)} ${one.version}`);
    expect(listed.sort()).toEqual([...bundled, `@corslang/runtime ${version}`, suffixes].sort());
  });

  test("dsl: the licences are those that its THIRD_PARTY_LICENSES.md gives", () => {
    const headings = [...readText("packages/dsl/THIRD_PARTY_LICENSES.md").matchAll(/^## (.+) (\(.+\))$/gm)];
    const expected = headings.map(([, what = "", license = ""]) => `${what} ${license}`).sort();
    const licenses = readBill("dsl")
      .components.filter(({ group }) => group !== "@corslang")
      .map((one) => {
        const version = one.type === "data" ? "" : ` ${one.version}`;
        return `${fullName(one)}${version} (${one.licenses.map(({ license }) => license.id).join()})`;
      });
    expect(licenses.sort()).toEqual(expected);
  });

  test.each(PACKAGES)("%s: everything depends on what is listed, and is reached", (name) => {
    const { metadata, components, dependencies } = readBill(name);
    const listed = dependencies.map(({ ref }) => ref);
    const reached = new Set([`pkg:npm/%40corslang/${name}@${metadata.component.version}`]);
    // A set is walked in the order in which it grows, also while it does.
    for (const ref of reached) {
      expect(listed).toContain(ref);
      for (const other of dependencies.find((one) => one.ref === ref)?.dependsOn ?? []) reached.add(other);
    }
    expect(reached.size).toBe(components.length + 1);
    expect(listed).toHaveLength(reached.size);
  });
});
