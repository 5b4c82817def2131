import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { useWorkplace } from "./cors-compile.js";

const workplace = useWorkplace();
const { write, read, files, corsCompile } = workplace;

const SHARED = `set partners [
  https://partner.example.org
]

policy base {
  origins none
  max-age 10m
}
`;

const API = `import partners, base from "../shared.cors"

policy api extends base {
  origins [
    https://app.example.com
    @partners
  ]

  when development {
    origins += http://localhost:*
  }

  when staging {
    origins += https://staging.example.com
  }
}

expect api {
  allow from https://partner.example.org
  never http://*
}
`;

function writeProject(): void {
  write("package.json", "{}");
  write("shared.cors", SHARED);
  write("services/api.cors", API);
}

describe("imports", () => {
  test("are compiled together, and a file of sets and base policies has its own module", () => {
    writeProject();
    expect(corsCompile([])).toEqual({
      status: 0,
      stdout: "wrote services/api.cors.mjs, services/api.cors.d.mts\nwrote shared.cors.mjs, shared.cors.d.mts\n",
      stderr: "",
    });
    expect(read("services/api.cors.mjs")).toContain('"https://partner.example.org"');
  });

  test("that are missing are shown where they are written", () => {
    write("api.cors", 'import base from "./nothing.cors"\npolicy api extends base {\n  origins *\n}\n');
    const { status, stderr } = corsCompile(["check"]);
    expect(status).toBe(1);
    expect(stderr).toContain("error[unknown-import]: `./nothing.cors` can't be imported: does not exist");
    expect(stderr).toContain("--> api.cors:1:18");
  });

  test("show the lines of both files", () => {
    writeProject();
    write("services/api.cors", API.replace("https://app.example.com", "*").replace("extends base", "extends base"));
    write("shared.cors", SHARED.replace("max-age 10m", "max-age 10m\n  credentials true"));
    const { stderr } = corsCompile(["check", "services"]);
    expect(stderr).toContain(
      "    5 |     *\n      |     ^\n".replace(/^ {4}/gm, "  ").replace("      |     ^", "    |     ^"),
    );
    expect(stderr).toContain("::: shared.cors:8:3");
    expect(stderr).toContain("through `extends base`, imported from shared.cors");
  });

  describe("that leave the package", () => {
    const USE = (path: string) => `import partners from "${path}"\norigins @partners\n`;

    test("by .. need --allow-outside", () => {
      write("shared.cors", SHARED);
      write("service/package.json", "{}");
      write("service/api.cors", USE("../shared.cors"));
      const { status, stderr } = corsCompile(["check", "service"]);
      expect(status).toBe(1);
      expect(stderr).toContain(
        "`../shared.cors` can't be imported: it is outside of this package; pass --allow-outside",
      );
      expect(corsCompile(["check", "service", "--allow-outside"]).status).toBe(0);
    });

    test("by a link need --allow-outside", () => {
      write("elsewhere/shared.cors", SHARED);
      write("service/package.json", "{}");
      write("service/api.cors", USE("./linked/shared.cors"));
      symlinkSync("../elsewhere", join(workplace.folder, "service/linked"));
      expect(corsCompile(["check", "service/api.cors"]).status).toBe(1);
      expect(corsCompile(["check", "service/api.cors", "--allow-outside"]).status).toBe(0);
    });

    test("by a link to a file need --allow-outside", () => {
      write("elsewhere/shared.cors", SHARED);
      write("service/package.json", "{}");
      write("service/api.cors", USE("./shared.cors"));
      symlinkSync("../elsewhere/shared.cors", join(workplace.folder, "service/shared.cors"));
      expect(corsCompile(["check", "service/api.cors"]).status).toBe(1);
    });
  });

  test("from standard input are seen from the current folder", () => {
    write("package.json", "{}");
    write("shared.cors", SHARED);
    const { status, stdout } = corsCompile(["-"], 'import partners from "./shared.cors"\norigins @partners\n');
    expect(status).toBe(0);
    expect(stdout).toContain('"https://partner.example.org"');
  });
});

describe("profiles", () => {
  test("without one, nothing of any is in the outputs", () => {
    writeProject();
    corsCompile([]);
    for (const file of files().filter((path) => /\.d?\.?mjs$|\.mts$/.test(path))) {
      expect(read(file)).not.toMatch(/localhost|staging|development/);
    }
  });

  test("--profile adds what its blocks say", () => {
    writeProject();
    expect(corsCompile(["services", "--profile", "development"]).status).toBe(0);
    expect(read("services/api.cors.mjs")).toContain('"http://localhost:*"');
    expect(read("services/api.cors.mjs")).not.toContain("staging");
  });

  test("an unknown one is a usage error that lists those that are known", () => {
    writeProject();
    expect(corsCompile(["--profile", "prod"])).toEqual({
      status: 2,
      stdout: "",
      stderr: "cors-compile: there is no profile prod; these files name development, staging\n",
    });
    expect(files()).toEqual(["package.json", "services/api.cors", "shared.cors"]);
  });

  test("--profiles makes one module for several, and an unknown one is an error that lists them", async () => {
    writeProject();
    // The module has to find the runtime.
    mkdirSync(join(workplace.folder, "node_modules/@corslang"), { recursive: true });
    symlinkSync(
      new URL("../../runtime", import.meta.url).pathname,
      join(workplace.folder, "node_modules/@corslang/runtime"),
    );
    expect(corsCompile(["services", "--profiles", "staging,development"]).status).toBe(0);
    const { forProfile } = await import(pathToFileURL(join(workplace.folder, "services/api.cors.mjs")).href);
    expect(forProfile("staging").api.policy.origins).toContain("https://staging.example.com");
    expect(forProfile("development").api.policy.origins).toContain("http://localhost:*");
    expect(forProfile("development").api.policy.origins).not.toContain("https://staging.example.com");
    const message = 'there is no profile "stagin"; this module was compiled for staging, development';
    expect(() => forProfile("stagin")).toThrow(message);
    expect(() => forProfile("constructor")).toThrow('there is no profile "constructor"');
    expect(read("services/api.cors.d.mts")).toContain('export type Profile = "staging" | "development";');
  });

  test("--profiles --emit json has the data by profile", () => {
    writeProject();
    corsCompile(["services", "--profiles", "staging,development", "--emit", "json"]);
    const data = JSON.parse(read("services/api.cors.json"));
    expect(Object.keys(data)).toEqual(["staging", "development"]);
    expect(data.staging.api.maxAge).toBe(600);
  });

  test("a bad one is reported although it is not compiled for", () => {
    write("api.cors", "origins https://a.example.com\ncredentials true\nwhen development {\n  methods *\n}\n");
    const { status, stderr } = corsCompile(["api.cors"]);
    expect(status).toBe(1);
    expect(stderr).toContain("error[wildcard-with-credentials]");
  });
});

describe("warnings", () => {
  const WARNED = "origins https://*.example.com, https://a.example.com\nmethods PUT\n";

  test("do not fail, and are counted", () => {
    write("api.cors", WARNED);
    const { status, stderr, stdout } = corsCompile([]);
    expect([status, stdout]).toEqual([0, "wrote api.cors.mjs, api.cors.d.mts\n"]);
    expect(stderr).toMatch(/^warning\[origin-redundant\]: /);
    expect(stderr).toMatch(/0 errors and 2 warnings in 1 file\n$/);
  });

  test.each([
    ["warnings", "2 errors and 0 warnings"],
    ["origin-redundant", "1 error and 1 warning"],
  ])("--deny %s makes errors of them", (code, counts) => {
    write("api.cors", WARNED);
    const { status, stderr } = corsCompile(["--deny", code]);
    expect(status).toBe(1);
    expect(stderr).toContain(`${counts} in 1 file\n`);
    expect(files()).toEqual(["api.cors"]);
  });

  test("--quiet leaves them out", () => {
    write("api.cors", WARNED);
    expect(corsCompile(["check", "--quiet"])).toEqual({ status: 0, stdout: "", stderr: "" });
  });

  test("are accepted in place, with a reason", () => {
    write("api.cors", "origins https://a.example.com:* # corslang allow any-port: every tenant has its own\n");
    expect(corsCompile(["check", "--deny", "warnings"])).toEqual({
      status: 0,
      stdout: "",
      stderr: "nothing is wrong with 1 file\n",
    });
  });

  describe("about an imported set", () => {
    const SET = "set open [\n  https://a.example.com:*\n]\n";
    const USE = 'import open from "./shared.cors"\norigins @open\n';

    test("are accepted where the item is written, also when that file is not compiled", () => {
      write("shared.cors", SET.replace(":*", ":* # corslang allow any-port: every tenant has its own"));
      write("api.cors", USE);
      expect(corsCompile(["check", "api.cors"]).stderr).toBe("nothing is wrong with 1 file\n");
      expect(corsCompile(["check"]).stderr).toBe("nothing is wrong with 2 files\n");
    });

    test("are accepted where the set is used", () => {
      write("shared.cors", SET);
      write("api.cors", USE.replace("@open", "@open # corslang allow any-port: every tenant has its own"));
      expect(corsCompile(["check", "api.cors"]).stderr).toBe("nothing is wrong with 1 file\n");
    });

    test.each([[["api.cors"]], [["."]]])("and denied keep the policy from being written: %j", (paths) => {
      write("shared.cors", SET);
      write("api.cors", USE);
      const { status, stderr } = corsCompile(["--deny", "any-port", ...paths]);
      expect(status).toBe(1);
      expect(stderr).toMatch(/^error\[any-port\]/);
      expect(files()).toEqual(["api.cors", "shared.cors"]);
    });
  });

  test("only known codes can be denied", () => {
    expect(corsCompile(["--deny", "everything"]).stderr).toContain("--deny takes the code of a warning, or warnings");
  });
});

describe("check --fix", () => {
  test("applies what is safe, again until nothing is left", () => {
    const source = "orgins https://App.example.com/ https://b.example.com\nmethods get,, put\nmax-age 2d\n";
    write("api.cors", source);
    const { status, stdout } = corsCompile(["check", "--fix", "--quiet"]);
    expect([status, stdout]).toEqual([0, "fixed api.cors\n"]);
    expect(read("api.cors")).toBe(
      "origins https://app.example.com, https://b.example.com\nmethods GET, PUT\nmax-age 1d\n",
    );
  });

  test("removes what is redundant with its line, and leaves comments elsewhere", () => {
    write("api.cors", "# top\norigins [\n  https://*.example.com # all\n  https://a.example.com # one\n]\n");
    expect(corsCompile(["check", "--fix"]).status).toBe(0);
    expect(read("api.cors")).toBe("# top\norigins [\n  https://*.example.com # all\n]\n");
  });

  test.each(["https://example.com@evil.test", "https://a.example.com:443:*", "https:///x"])(
    "does not guess: %s",
    (origin) => {
      const source = `origins ${origin}\n`;
      write("api.cors", source);
      expect(corsCompile(["check", "--fix"]).status).toBe(1);
      expect(read("api.cors")).toBe(source);
    },
  );

  test("leaves to people what guesses, or lets more in", () => {
    const source = "origins null\nheaders *\n";
    write("api.cors", source);
    const { status, stdout, stderr } = corsCompile(["check", "--fix"]);
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("= fix: write `unsafe null`");
    expect(read("api.cors")).toBe(source);
  });
});

describe("check --outputs", () => {
  test("fails when an output is missing or another than the policy becomes", () => {
    write("api.cors", "origins *\n");
    expect(corsCompile(["check", "--outputs"]).stderr).toContain(
      "cors-compile: api.cors.mjs: is not what its policy compiles to; run cors-compile\n",
    );
    corsCompile([]);
    expect(corsCompile(["check", "--outputs"]).status).toBe(0);
    write("api.cors", "origins none\n");
    const { status, stderr } = corsCompile(["check", "--outputs"]);
    expect(status).toBe(1);
    expect(stderr).toContain("cors-compile: api.cors.mjs: is not what its policy compiles to; run cors-compile\n");
  });

  test("looks where the outputs go", () => {
    write("policies/api.cors", "origins *\n");
    corsCompile(["policies", "--out-dir", "dist"]);
    expect(corsCompile(["check", "policies", "--out-dir", "dist", "--outputs"]).status).toBe(0);
    expect(corsCompile(["check", "policies", "--outputs"]).status).toBe(1);
  });
});

describe("check --format", () => {
  const WRONG = "origins https://App.example.com\n";

  test("json", () => {
    write("api.cors", WRONG);
    const { status, stdout, stderr } = corsCompile(["check", "--format", "json"]);
    expect([status, stderr]).toEqual([1, ""]);
    const report = JSON.parse(stdout);
    expect(report.summary).toEqual({ files: 1, errors: 1, warnings: 0, omitted: 0, problems: 0 });
    expect(report.diagnostics[0]).toMatchObject({
      code: "origin-uppercase",
      file: "api.cors",
      start: { offset: 8, line: 1, column: 9 },
    });
  });

  test("sarif", () => {
    write("policies/api.cors", WRONG);
    const { status, stdout } = corsCompile(["check", "--format", "sarif"]);
    expect(status).toBe(1);
    const [result] = JSON.parse(stdout).runs[0].results;
    expect(result.ruleId).toBe("origin-uppercase");
    expect(result.locations[0].physicalLocation.artifactLocation.uri).toBe("policies/api.cors");
  });

  test("github, with a file that can't be read and one whose output is behind", () => {
    write("api.cors", "origins *\n");
    const { status, stdout } = corsCompile(["check", "api.cors", "nothing.cors", "--format=github", "--outputs"]);
    expect(status).toBe(2);
    expect(stdout).toContain("::error file=nothing.cors");
    expect(stdout).toContain("api.cors.mjs");
  });

  test("is for reports alone", () => {
    expect(corsCompile(["--format", "json"]).stderr).toContain("cors-compile has no option --format");
    expect(corsCompile(["check", "--format", "xml"]).stderr).toContain("--format takes pretty, json, sarif, github");
  });
});

describe("options that exclude each other", () => {
  test("standard input has no place in a folder", () => {
    const { status, stderr } = corsCompile(["--out-dir", "dist", "-"], "origins *\n");
    expect(status).toBe(2);
    expect(stderr).toBe("cors-compile: standard input goes to standard output, and --out-dir excludes it\n");
  });

  test.each([
    [["--profile", "a", "--profiles", "a,b"], "--profile and --profiles exclude each other"],
    [["--stdout", "--out-dir", "x"], "--stdout and --out-dir exclude each other"],
    [["--profiles", "a,,b"], "--profiles takes names, separated by commas"],
    [["check", "--stdout"], "cors-compile check has no option --stdout"],
    [["--fix"], "cors-compile has no option --fix"],
  ])("%j", (args, problem) => {
    expect(corsCompile(args)).toEqual({
      status: 2,
      stdout: "",
      stderr: `cors-compile: ${problem}\ntry cors-compile --help\n`,
    });
  });
});
