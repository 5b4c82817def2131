import type { Exchange } from "../conformance.js";
import { patterns, plain } from "../policies.js";

const LABEL_OF_63 = "a".repeat(63);

function allowed(origin: string, why: string): Exchange {
  return {
    name: `origin ${origin.slice(0, 60)}: allowed, ${why}`,
    policy: patterns,
    request: ["GET /resource", `Origin: ${origin}`],
    status: 200,
    headers: [`Access-Control-Allow-Origin: ${origin}`, "Vary: Origin"],
    handlerRan: true,
  };
}

function denied(origin: string, why: string, policy = patterns): Exchange {
  return {
    name: `origin ${origin.slice(0, 60)}: denied, ${why}`,
    policy,
    request: ["GET /resource", `Origin: ${origin}`],
    status: 200,
    headers: ["Vary: Origin"],
    handlerRan: true,
  };
}

/** Origins against every kind of pattern. */
export const originExchanges: readonly Exchange[] = [
  allowed("https://app.example.com", "one label for the star"),
  allowed("https://eu.app.example.com", "two labels for the star"),
  allowed("https://a_b-1.example.com", "all characters of a label"),
  allowed(`https://${LABEL_OF_63}.example.com`, "the longest label"),
  allowed("https://preview-17-abc.example.dev", "a part of a label for the star"),
  allowed("https://x.example.net:8443", "a star with a port"),
  allowed("http://localhost", "any port, the default one"),
  allowed("http://localhost:3000", "any port"),
  allowed("http://localhost:65535", "any port, the last one"),
  allowed("http://127.0.0.1:3000", "an IPv4 address"),
  allowed("http://[::1]:8080", "an IPv6 address"),
  allowed("capacitor://localhost", "a scheme of an app shell"),
  denied("https://example.com", "the star is never no label"),
  denied("https://.example.com", "an empty label"),
  denied("https://a..example.com", "an empty label within"),
  denied("https://evilexample.com", "no dot before the base"),
  denied("https://app.example.com.evil.test", "the base is not the end"),
  denied("https://app-example.com", "the dot is no other character"),
  denied("https://evil.test/.example.com", "a path"),
  denied("https://evil.test?.example.com", "a query"),
  denied("https://evil.test#.example.com", "a fragment"),
  denied("https://user@app.example.com", "user information"),
  denied("https://evil.test, https://app.example.com", "two origins in one line"),
  denied("https://evil, .example.com", "a comma and a blank"),
  denied("http://app.example.com", "another scheme"),
  denied("https://app.example.com:8443", "a port where there is none"),
  denied("https://app.example.com:443", "the default port written"),
  denied("https://x.example.net", "no port where there is one"),
  denied("https://x.example.net:84430", "a longer port"),
  denied("https://APP.example.com", "upper case"),
  denied("HTTPS://app.example.com", "an upper-case scheme"),
  denied("https://app.example.com.", "a dot at the end"),
  denied("https://app.example.com/", "a slash at the end"),
  denied("https://\u00e4pp.example.com", "a letter beyond ASCII"),
  denied(`https://${LABEL_OF_63}a.example.com`, "a label of 64"),
  denied(`https://${"a.".repeat(150)}example.com`, "a host over 253 characters"),
  denied(`https://${"a".repeat(7000)}.example.com`, "seven thousand characters"),
  denied("https://preview-.example.dev", "the star is never nothing"),
  denied("https://preview-a.b.example.dev", "no dot in a part of a label"),
  denied("https://xpreview-1.example.dev", "the label begins earlier"),
  denied("http://localhost:0", "port 0"),
  denied("http://localhost:65536", "a port over 65535"),
  denied("http://localhost:03000", "a port with a zero in front"),
  denied("http://localhost:80", "the default port written"),
  denied("http://localhost:", "an empty port"),
  denied("http://localhost:3000x", "no digit"),
  denied("http://localhost.evil.test:3000", "a longer host"),
  denied("http://127.0.0.1", "no port where there is one"),
  denied("http://127.1:3000", "another way to write the address"),
  denied("http://[0:0:0:0:0:0:0:1]:8080", "another way to write the address"),
  denied("http://[::1]", "no port where there is one"),
  denied("capacitor://localhost:3000", "a port where there is none"),
  denied("constructor", "a name that every object has", plain),
  denied("__proto__", "a name that every object has", plain),
  denied("https://app.example.com https://app.example.com", "two origins, a blank between", plain),
  denied("https://app.example.com,https://app.example.com", "two origins, a comma between", plain),
  denied("*", "a star in a request stands for nothing", plain),
];
