import { createMatcher } from "@corslang/runtime";
import { expect } from "vitest";
import { anonymousPolicy } from "../../../runtime/test/policies.js";
import { expectAllowed, expectDenied, expectErrors, expectNoSuchPolicy } from "./absence.js";
import type { Vulnerability } from "./vulnerability.js";

/** Prefixes, suffixes, stars and trees that match more than they say, or less. */
export const matchingVulnerabilities: readonly Vulnerability[] = [
  {
    id: "CVE-2019-25211, GO-2024-2955",
    where: "gin-contrib/cors",
    fault: "a star at the end drops a byte too many",
    async isAbsent() {
      expectErrors("origins https://example.com/*\n", "origin-has-path");
      expectNoSuchPolicy({ origins: ["https://example.com/*"] });
      expectNoSuchPolicy({ origins: ["http://localhost/*"] });
      await expectDenied(
        ["https://example.com", "http://localhost:*"],
        ...[
          "https://example.community",
          "http://localhost.example.com",
          "http://localhostx",
          "http://localhost.example.com:80",
        ],
      );
    },
  },
  {
    id: "CVE-2024-27302, GO-2024-2604",
    where: "go-zero",
    fault: "any origin that ends as an allowed one is allowed",
    isAbsent: () =>
      expectDenied(
        ["https://victim.com", "https://*.victim.com"],
        ...["https://evil-victim.com", "https://evilvictim.com", "http://victim.com", "https://x.evil-victim.com"],
      ),
  },
  {
    id: "fiber#2915",
    where: "gofiber/fiber",
    fault: "a star for subdomains also stands for other domains",
    isAbsent: () =>
      expectDenied(
        ["https://*.example.com"],
        ...[
          "https://evilexample.com",
          "https://example.com.evil.com",
          "https://a.example.com.evil.com",
          "http://a.example.com",
        ],
      ),
  },
  {
    id: "fiber#3690",
    where: "gofiber/fiber",
    fault: "*. stands for the domain itself, too",
    async isAbsent() {
      expectAllowed(["https://*.example.com"], "https://a.example.com");
      await expectDenied(["https://*.example.com"], "https://example.com");
    },
  },
  {
    id: "fiber, commit bae48f0",
    where: "gofiber/fiber",
    fault: "a star stands for an empty label",
    isAbsent: () =>
      expectDenied(
        ["https://*.example.com"],
        "https://foo..example.com",
        "https://.example.com",
        "https://..example.com",
      ),
  },
  {
    id: "fiber, commit 1b961aa",
    where: "gofiber/fiber",
    fault: "a star reaches over the colon of a port",
    isAbsent: () =>
      expectDenied(
        ["https://*.example.com"],
        ...["https://evil.com:any.example.com", "https://evil.com:443.example.com", "https://evil.com:.example.com"],
      ),
  },
  {
    id: "rs/cors#131",
    where: "rs/cors",
    fault: "two origins with a comma between are one that a star stands for",
    isAbsent: () =>
      expectDenied(
        ["https://*.example.com"],
        ...["https://github.com,https://test.example.com", "https://github.com, https://test.example.com"],
        ...["https://test.example.com,https://github.com", "https://github.com,.example.com"],
      ),
  },
  {
    id: "echo, subdomains of 2019",
    where: "labstack/echo",
    fault: "labels are compared in the text as it is, so that a path counts as one",
    isAbsent: () =>
      expectDenied(
        ["https://*.example.com"],
        ...["https://evil.com/x.example.com", "https://evil.com/.example.com", "https://evil.com\\x.example.com"],
      ),
  },
  {
    id: "KTOR-5936",
    where: "Ktor",
    fault: "every origin that ends in a slash is allowed",
    isAbsent: () =>
      expectDenied(["https://example.com"], "https://evil.com/", "https://example.com/", "https://example.com//", "/"),
  },
  {
    id: "versatiles-rs#254",
    where: "versatiles-rs",
    fault: "a star anywhere: behind a host, before one without a dot",
    async isAbsent() {
      for (const pattern of ["https://example.com*", "*example.com", "https://example.*", "https://*example"]) {
        expectNoSuchPolicy({ origins: [pattern] });
      }
      // The forgotten dot: only the compiler knows that this star reaches over other people's domains.
      expectErrors("origins https://*example.com\n", "origin-wildcard");
      await expectDenied(
        ["https://example.com"],
        ...[
          "https://example.com.evil.com",
          "https://example.community",
          "https://evilexample.com",
          "https://example.com:8080",
        ],
      );
    },
  },
  {
    id: "CVE-2026-55438, GO-2026-5918",
    where: "Coder",
    fault: "a subdomain that has the form of a UUID passes for an application of the platform",
    isAbsent: () =>
      expectDenied(
        ["https://app-*.apps.example.com", "https://dashboard.example.com"],
        ...["https://1b4e28ba-2fa1-11d2-883f-0016d3cca427.apps.example.com"],
        ...["https://app-1.1b4e28ba-2fa1-11d2-883f-0016d3cca427.apps.example.com"],
        ...["https://app-1b4e28ba-2fa1-11d2-883f-0016d3cca427.example.com"],
      ),
  },
  {
    id: "Corben Leo, 2018",
    where: "Safari, and checks of how an origin begins",
    fault: "a browser lets { and ` stand in a host, which end it for a check",
    isAbsent: () =>
      expectDenied(
        ["https://app.example.com", "https://*.example.com"],
        ...["{", "}", "`", "|", "^", "~", "!", "$", "&", "'", "(", ")", "*", "+", ",", ";", "="].flatMap(
          (character) => [`https://app.example.com${character}.evil.com`, `https://evil.com${character}.example.com`],
        ),
      ),
  },
  {
    id: "GHSA-vhxv-fg4m-p2w8, GO-2024-2813",
    where: "jub0bs/cors",
    fault: "two hosts in a tree allow one that is both, joined",
    async isAbsent() {
      const both = (make: (host: string) => string) => ["foo.com", "bar.com"].map(make);
      const exact = both((host) => `https://${host}`);
      expectAllowed(exact, ...exact);
      await expectDenied(exact, "https://barfoo.com", "https://foobar.com", "https://oo.com");
      await expectDenied(
        both((host) => `https://*.${host}`),
        "https://a.barfoo.com",
        "https://bar.foo.comfoo.com",
      );
    },
  },
  {
    id: "GHSA-v84h-653v-4pq9, GO-2024-2812",
    where: "jub0bs/fcors",
    fault: "the same in its predecessor, in any order of the list",
    async isAbsent() {
      await expectDenied(["https://bar.com", "https://foo.com"], "https://barfoo.com", "https://foobar.com");
      await expectDenied(["https://*.bar.com", "https://*.foo.com"], "https://a.barfoo.com", "https://a.foobar.com");
    },
  },
  {
    id: "jub0bs/cors#12",
    where: "jub0bs/cors",
    fault: "in a tree of nine patterns some origins are not found",
    isAbsent() {
      const patterns = ["net", "org", "com"].flatMap((end) => [
        `https://*.example.${end}`,
        `https://example.${end}:8080`,
        `https://example.${end}`,
      ]);
      const honest = patterns.map((pattern) => pattern.replace("*", "foo"));
      for (let turn = 0; turn < patterns.length; turn++) {
        expectAllowed([...patterns.slice(turn), ...patterns.slice(0, turn)], ...honest);
      }
      for (const origin of ["https://example.ne", "https://xample.com", "https://foo.example.com:8080"]) {
        expect(createMatcher(anonymousPolicy({ origins: patterns })).findOrigin(origin)).toBeNull();
      }
    },
  },
  {
    id: "jub0bs/cors#15",
    where: "jub0bs/cors",
    fault: "in a set of five names and more some are not found",
    isAbsent() {
      const names = Array.from({ length: 40 }, (_, index) => `x-${"ab".repeat(index % 7)}${index}`);
      for (let count = 1; count <= names.length; count++) {
        const headers = names.slice(0, count);
        const { decide } = createMatcher(anonymousPolicy({ origins: "*", headers, methods: headers }));
        const request = { method: "OPTIONS", origin: "https://app.example.com" };
        for (const [index, name] of names.entries()) {
          const { outcome } = decide({ ...request, requestMethod: name, requestHeaders: name });
          expect(`${name} of ${count}: ${outcome}`).toBe(
            `${name} of ${count}: preflight-${index < count ? "passed" : "failed"}`,
          );
        }
      }
    },
  },
  {
    id: "jub0bs/cors 0.12.0 to 0.13.0",
    where: "jub0bs/cors",
    fault: "file:// is accepted as an origin",
    async isAbsent() {
      for (const origin of ["file://", "file:///", "file:///foo", "file://example.com"]) {
        expectNoSuchPolicy({ origins: [origin] });
      }
      await expectDenied(["https://app.example.com"], "file://", "file://app.example.com");
    },
  },
];
