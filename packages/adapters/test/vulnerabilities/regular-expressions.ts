import { expectAllowed, expectDenied, expectErrors, expectNoSuchPolicy } from "./absence.js";
import type { Vulnerability } from "./vulnerability.js";

/** Patterns that are regular expressions, and say more than their authors meant. */
export const expressionVulnerabilities: readonly Vulnerability[] = [
  {
    id: "CVE-2022-1996, GO-2022-0619",
    where: "go-restful",
    fault: "a domain is a regular expression without ends",
    async isAbsent() {
      expectErrors("origins example.com\n", "origin-missing-scheme");
      expectNoSuchPolicy({ origins: ["example.com"] });
      expectAllowed(["https://example.com"], "https://example.com");
      await expectDenied(
        ["https://example.com"],
        ...["example.com.malicious.domain", "https://example.com.malicious.domain", "https://examplexcom"],
      );
    },
  },
  {
    id: "CVE-2017-11173",
    where: "rack-cors",
    fault: "what comes behind a domain is not looked at",
    isAbsent: () =>
      expectDenied(
        ["https://example.com", "https://*.example.com"],
        ...["https://example.com.example.net", "https://example.com-example.net", "https://a.example.com-example.net"],
      ),
  },
  {
    id: "CVE-2026-37737",
    where: "sanic-cors",
    fault: "an expression is matched at the start alone",
    isAbsent: () => expectDenied(["https://trusted.com"], "https://trusted.com.attacker.io"),
  },
  {
    id: "starlette#800, starlette#801, starlette#3165",
    where: "Starlette",
    fault: "the documented expression has no end, and its star reaches over /, ? and @",
    isAbsent: () =>
      expectDenied(
        ["https://*.example.org"],
        ...["https://x.example.org.evil.com", "https://evil.com/x.example.org", "https://evil.com?x.example.org"],
        ...["https://evil.com@x.example.org", "https://evil.com#x.example.org"],
      ),
  },
  {
    id: "clusterfuzz#5303",
    where: "google/clusterfuzz",
    fault: "the dot is any character, the end is open, the star is greedy",
    async isAbsent() {
      const patterns = ["https://test-client-site.appspot.com", "https://*-dot-client.appspot.com"];
      expectAllowed(patterns, "https://test-client-site.appspot.com", "https://x-dot-client.appspot.com");
      await expectDenied(
        patterns,
        ...["https://test-client-siteXappspot.com", "https://test-client-sitexappspot.com"],
        ...["https://test-client-site.appspot.com.evil.com", "https://anything.evil.com-dot-client.appspot.com"],
        ...["https://anything.evil.com/-dot-client.appspot.com", "https://-dot-client.appspot.com"],
      );
    },
  },
  {
    id: "gotify#1052",
    where: "gotify",
    fault: "an expression is looked for anywhere in the origin",
    isAbsent: () =>
      expectDenied(
        ["https://gotify.example.com"],
        ...["https://gotify.example.com.evil.net", "https://evil.net/https://gotify.example.com"],
      ),
  },
  {
    id: "expressjs/cors#408, expressjs/cors#412",
    where: "cors",
    fault: "the documented expression has no start",
    isAbsent: () =>
      expectDenied(
        ["https://example.com", "https://*.example.com"],
        ...["https://evil-example.com", "https://notexample.com", "https://.example.com"],
      ),
  },
  {
    id: "enable-cors.org#74, enable-cors.org#75",
    where: "a configuration for nginx that many have copied",
    fault: "the domain is looked for in what is behind a slash, too",
    isAbsent: () =>
      expectDenied(
        ["https://mckinsey.com", "https://*.mckinsey.com"],
        ...["http://adversary.com/mckinsey.com", "https://adversary.com/mckinsey.com"],
        ...["https://adversary.com/.mckinsey.com", "https://adversary.com:443/www.mckinsey.com"],
      ),
  },
  {
    id: "solana developer platform#925",
    where: "solana developer platform",
    fault: "a star is made .*, the first one alone, and dots are left as they are",
    async isAbsent() {
      await expectDenied(["https://*.vercel.app"], "https://evil-vercel.app", "https://a.vercelxapp");
      for (const pattern of ["https://*.*.vercel.app", "https://a.*.vercel.app", "https://*-*.vercel.app"]) {
        expectNoSuchPolicy({ origins: [pattern] });
      }
    },
  },
  {
    id: "gin-contrib/cors, patterns in slashes",
    where: "gin-contrib/cors",
    fault: "what stands between slashes is an expression without ends",
    isAbsent() {
      for (const pattern of [
        "/https:\\/\\/.*example\\.com/",
        "/^https:\\/\\/example\\.com$/",
        "https://.*\\.example\\.com",
      ]) {
        expectNoSuchPolicy({ origins: [pattern] });
      }
      expectNoSuchPolicy({ origins: [/^https:\/\/example\.com$/] });
      expectNoSuchPolicy({ origins: /^https:\/\/example\.com$/ });
    },
  },
];
