import { describe, expect, test } from "vitest";
import { createMatcher } from "../src/index.js";
import { actualRequest, anonymousPolicy } from "./policies.js";

const nobody = createMatcher(anonymousPolicy());

const SCHEME_64 = `s${"c".repeat(63)}`;
const LABEL_63 = "l".repeat(63);
const HOST_253 = `${LABEL_63}.${LABEL_63}.${LABEL_63}.${"l".repeat(61)}`;

describe("an Origin that a browser can send is not allowed, and no more than that", () => {
  test.each([
    ...[
      "https://example.com",
      "http://example.com",
      "https://a.b.c.d.example.com",
      "http://localhost",
      "http://intranet",
      "a://b",
      "https://z9.example.com:9",
    ],
    ...["https://example.com:8443", "https://example.com:80", "http://example.com:443", "https://example.com:1"],
    ...["https://example.com:65535", "https://my_app.example.com", "https://-a-.example.com", "https://a--b.example"],
    ...["https://xn--bcher-kva.example", "https://1.example.com", "https://example.c0m", "https://example.-1"],
    ...["http://1.2.3.4", "http://127.0.0.1", "http://0.0.0.0", "http://255.255.255.255:8080"],
    // Only what begins with a digit is read as a number, whatever JavaScript makes of it.
    ...["http://nan", "http://infinity", "http://a.infinity", "http://1.2.3.e4", "http://1.2.3.-4", "http://1.2.3._4"],
    ...[
      "http://[::1]",
      "http://[::]:8080",
      "http://[2001:db8::1]",
      "http://[1:2:3:4:5:6:7:8]",
      "http://[::ffff:7f00:1]",
    ],
    ...["capacitor://localhost", "tauri://localhost", "chrome-extension://abcdefghijklmnop", "app+web.1-x://a:80"],
    ...["null", `https://${LABEL_63}.com`, `https://${HOST_253}`, `${SCHEME_64}://${HOST_253}:65535`],
  ])("%s", (origin) => {
    expect(nobody.explain(actualRequest(origin))).toEqual({ reason: "origin-not-allowed" });
  });
});

describe("anything else is malformed", () => {
  test.each([
    // Not an origin at all.
    ...[
      "",
      "*",
      "example.com",
      "//example.com",
      "://example.com",
      "https:",
      "https://",
      "https:example.com",
      "undefined",
    ],
    // The scheme.
    ...["HTTPS://example.com", "1http://example.com", "-x://example.com", "ht tp://example.com", "h_t://example.com"],
    ...[
      "file://example.com",
      "data://x",
      "blob://x",
      "about://blank",
      "javascript://x",
      "ws://x",
      "wss://x",
      "ftp://x",
    ],
    ...[`${SCHEME_64}c://example.com`],
    // The host.
    ...["https://Example.com", "https://example.com.", "https://.example.com", "https://a..example.com", "https://."],
    ...["https://exämple.com", "https://ex\u212aample.com", "https://a,b.example.com", "https://{x}.example.com"],
    ...[
      "https://*.example.com",
      "https://a b.com",
      "https://a%2eb.com",
      `https://${LABEL_63}l.com`,
      `https://${HOST_253}l`,
    ],
    // Addresses that are not written as browsers write them.
    ...[
      "http://127.1",
      "http://127.0.0.01",
      "http://256.0.0.1",
      "http://1.2.3.4.5",
      "http://2130706433",
      "http://0x7f.0.0.1",
    ],
    ...["http://01.2.3.4", "http://08.1.1.1", "http://1.2.3", "http://256.1.1.1", "http://1.2.3.4."],
    ...["http://a.1", "http://example.1a", "http://1.2.3.4a", "http://1.2.3.1e1", "http://1.2.3.0x4"],
    ...["http://1e3", "http://a.1e3", "http://a.1abc", "http://a.0x1", "http://0x1", "http://a.00", "http://1.2.3.4_"],
    // As numbers, their last labels are written in just this way; as hosts of URLs, they are names with odd characters.
    ...["http://{x}.-5", "http://$.-1", "http://a,b.1e+21"],
    ...["http://NaN", "http://a.NaN", "http://Infinity", "http://a.Infinity", "http://1.2.3.9007199254740993"],
    ...[
      "http://::1",
      "http://[::1",
      "http://::1]",
      "http://[0:0:0:0:0:0:0:1]",
      "http://[::A]",
      "http://[::01]",
      "http://[]",
    ],
    ...["http://[::ffff:127.0.0.1]", "http://[fe80::1%25eth0]", "http://[::1]x", "http://x[::1]", "http://[::1].com"],
    ...["http://[::1]/", "http://user@[::1]", "http://[1::2::3]", "http://[1:2:3:4:5:6:7:8:9]", "http://[::1\t]"],
    // The port.
    ...["https://example.com:", "https://example.com:0", "https://example.com:00", "https://example.com:0443"],
    ...["https://example.com:443", "http://example.com:80", "https://example.com:65536", "https://example.com:999999"],
    ...["https://example.com:8o", "https://example.com:1e3", "https://example.com:80:80", "https://example.com: 81"],
    ...["http://[::1]:80", "http://[::1]:", "http://127.0.0.1:080"],
    // More than an origin, or several.
    ...[
      "https://example.com/",
      "https://example.com/path",
      "https://example.com?",
      "https://example.com#",
      "https://u@example.com",
    ],
    ...["https://example.com, https://example.com", "https://a.com https://b.com", "null, null", " null", "Null"],
    ...[" https://example.com", "https://example.com ", "https://example.com\n", "https://example.com\u0000"],
    // A character too many in all.
    ...[`${SCHEME_64}://${HOST_253}:655350`],
  ])("%j", (origin) => {
    expect(nobody.explain(actualRequest(origin))).toEqual({ reason: "origin-malformed" });
  });
});
