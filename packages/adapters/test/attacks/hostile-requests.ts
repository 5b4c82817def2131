/*
 * Requests that no browser sends: as long as Node lets them be, with lines repeated, cut or folded, with bytes that have
 * no place there. What is right follows from HTTP and from docs/language.md: raw-request.ts and the reference say it.
 */
import { LONGEST_HEAD, type RawRequest, rawRequest } from "./raw-request.js";

/** A request with a name for the report. */
export type Hostile = readonly [name: string, request: RawRequest];

const FROM_APP = "Origin: https://app.example.com";
const FROM_EVIL = "Origin: https://evil.test";
const FOR_PUT = "Access-Control-Request-Method: PUT";
const NAMES = "Access-Control-Request-Headers";

/** As long as a value can be while Node still reads the head, and longer. */
const LENGTHS = [8_000, LONGEST_HEAD - 500, LONGEST_HEAD + 500];

function fill(text: string, length: number): string {
  return text.repeat(Math.ceil(length / text.length)).slice(0, length);
}

/** What long values are filled with. A letter at both ends keeps HTTP from taking blanks away. */
const FILLINGS: Readonly<Record<string, string>> = {
  commas: ",",
  blanks: " ",
  tabs: "\t",
  "commas and tabs": ",\t",
  "blanks and commas": " , ",
  letters: "a",
  names: "x-evil,",
  "allowed names": "content-type,",
  "names of one letter": "a,",
  dots: ".",
  labels: "a.",
  colons: ":",
  slashes: "/",
  digits: "1",
  origins: "https://app.example.com, ",
  stars: "*,",
  quotes: '"',
  brackets: "[",
  "bytes beyond ASCII": "\xff",
  "half a character of UTF-8": "\xc3",
  "an escape": "%0d%0a",
  "semicolons and equals signs": "a=b;",
};

const longValues: readonly Hostile[] = Object.entries(FILLINGS).flatMap(([name, filling]) =>
  LENGTHS.flatMap((length): readonly Hostile[] => {
    const value = `x${fill(filling, length)}x`;
    return [
      [`${length} bytes of ${name} in Origin`, rawRequest("GET /resource", `Origin: ${value}`)],
      [
        `${length} bytes of ${name} in a preflight's Origin`,
        rawRequest("OPTIONS /resource", `Origin: ${value}`, FOR_PUT),
      ],
      [
        `${length} bytes of ${name} behind an honest origin`,
        rawRequest("GET /resource", `Origin: https://app.example.com${value.slice(1)}`),
      ],
      [
        `${length} bytes of ${name} as the method`,
        rawRequest("OPTIONS /resource", FROM_APP, `Access-Control-Request-Method: ${value}`),
      ],
      [
        `${length} bytes of ${name} as headers`,
        rawRequest("OPTIONS /resource", FROM_APP, FOR_PUT, `${NAMES}: ${value}`),
      ],
      [
        `${length} bytes of ${name} around an allowed header`,
        rawRequest(
          "OPTIONS /resource",
          FROM_APP,
          FOR_PUT,
          `${NAMES}: ${fill(filling, length / 2)}content-type${fill(filling, length / 2)}`,
        ),
      ],
    ];
  }),
);

/** A line so many times; Node takes 1000 lines at most, and 16 kilobytes. */
function times(count: number, line: string): readonly string[] {
  return Array.from({ length: count }, () => line);
}

function others(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `X-${index}: ${index}`);
}

const manyLines: readonly Hostile[] = [
  ["800 other lines before Origin", rawRequest("GET /resource", ...others(800), FROM_APP)],
  ["800 other lines behind Origin", rawRequest("GET /resource", FROM_EVIL, ...others(800))],
  ["400 lines of one origin", rawRequest("GET /resource", ...times(400, FROM_APP))],
  ["a line of another origin behind", rawRequest("GET /resource", FROM_APP, FROM_EVIL)],
  ["a line of another origin before", rawRequest("GET /resource", FROM_EVIL, FROM_APP)],
  [
    "two lines that together end as an allowed origin",
    rawRequest("GET /resource", "Origin: https://evil", "Origin: .example.com"),
  ],
  ["an empty line of Origin behind", rawRequest("GET /resource", FROM_APP, "Origin:")],
  ["an empty line of Origin before", rawRequest("GET /resource", "Origin: ", FROM_APP)],
  ["the null origin behind", rawRequest("GET /resource", FROM_APP, "Origin: null")],
  ["400 empty lines of Origin", rawRequest("GET /resource", ...times(400, "Origin:"))],
  [
    "lines of Origin in other cases",
    rawRequest("GET /resource", "ORIGIN: https://app.example.com", "oRiGiN: https://evil.test"),
  ],
  ["a preflight with two origins", rawRequest("OPTIONS /resource", FROM_APP, FROM_EVIL, FOR_PUT)],
  ["300 lines of the method", rawRequest("OPTIONS /resource", FROM_APP, ...times(300, FOR_PUT))],
  [
    "an allowed and another method",
    rawRequest("OPTIONS /resource", FROM_APP, FOR_PUT, "Access-Control-Request-Method: PATCH"),
  ],
  [
    "another and an allowed method",
    rawRequest("OPTIONS /resource", FROM_APP, "Access-Control-Request-Method: X", FOR_PUT),
  ],
  [
    "300 lines of an allowed header",
    rawRequest("OPTIONS /resource", FROM_APP, FOR_PUT, ...times(300, `${NAMES}: content-type`)),
  ],
  [
    "20 lines of an allowed header",
    rawRequest("OPTIONS /resource", FROM_APP, FOR_PUT, ...times(20, `${NAMES}: content-type`)),
  ],
  ["400 empty lines of headers", rawRequest("OPTIONS /resource", FROM_APP, FOR_PUT, ...times(400, `${NAMES}:`))],
  ["16 empty lines of headers", rawRequest("OPTIONS /resource", FROM_APP, FOR_PUT, ...times(16, `${NAMES}:`))],
  [
    "an allowed header's name over two lines",
    rawRequest("OPTIONS /resource", FROM_APP, FOR_PUT, `${NAMES}: content-`, `${NAMES}: type`),
  ],
  [
    "300 lines of all three",
    rawRequest("OPTIONS /resource", ...times(100, FROM_APP), ...times(100, FOR_PUT), ...times(100, `${NAMES}: a`)),
  ],
];

/** Names of other headers that something might take for these three. */
const lookalikes: readonly Hostile[] = [
  ...["X-Origin", "X-Forwarded-Origin", "Referer", "Sec-Origin", "Origin-", "Origin_", "Access-Control-Allow-Origin"],
  ...["Forwarded", "X-Forwarded-Host", "Sec-Fetch-Site", "__proto__", "constructor", "toString", "hasOwnProperty"],
].flatMap((name): readonly Hostile[] => [
  [`${name} in place of Origin`, rawRequest("GET /resource", `${name}: https://app.example.com`)],
  [`${name} beside another's Origin`, rawRequest("GET /resource", FROM_EVIL, `${name}: https://app.example.com`)],
]);

const CONTROLS = ["\r", "\n", "\0", "\r\n", "\n\n", "\x01", "\x08", "\x0b", "\x0c", "\x1b", "\x1f", "\x7f"];

/** A line that an injection would want to see in the answer. */
const WANTED = "Access-Control-Allow-Origin: https://evil.test";

const controls: readonly Hostile[] = CONTROLS.flatMap((control) => {
  const name = JSON.stringify(control);
  // A CR and LF that is followed by a line is nothing but the end of a line.
  const isLineEnd = control === "\r\n";
  const lines = (line: string) => (isLineEnd ? line.split("\r\n") : [line]);
  return [
    [`${name} and a line behind the origin`, rawRequest("GET /resource", ...lines(`${FROM_APP}${control}${WANTED}`))],
    [
      `${name} and a line behind another origin`,
      rawRequest("GET /resource", ...lines(`${FROM_EVIL}${control}${WANTED}`)),
    ],
    [
      `${name} and a line behind the method`,
      rawRequest("OPTIONS /resource", FROM_APP, ...lines(`${FOR_PUT}${control}${WANTED}`)),
    ],
    [
      `${name} and a line behind the headers`,
      rawRequest("OPTIONS /resource", FROM_APP, FOR_PUT, ...lines(`${NAMES}: content-type${control}${WANTED}`)),
    ],
    [
      `${name} and a line behind an escaped origin`,
      rawRequest("GET /resource", `Origin: https://evil.test%0d%0a${WANTED}`, ...lines(`X: 1${control}${WANTED}`)),
    ],
  ] satisfies Hostile[];
});

/** Bytes that are no request, or none that a server should read: 400, without a word of what was sent. */
function refused(bytes: string): RawRequest {
  return { bytes, facts: null };
}

const HEAD = `GET /resource HTTP/1.1\r\nHost: api.example\r\n`;

const malformed: readonly Hostile[] = [
  ["a folded line", refused(`${HEAD}Origin: https://evil.test\r\n .example.com\r\n\r\n`)],
  ["a line folded by a tab", refused(`${HEAD}Origin: https://evil.test\r\n\t.example.com\r\n\r\n`)],
  ["a blank before the colon", refused(`${HEAD}Origin : https://app.example.com\r\n\r\n`)],
  ["a line without a colon", refused(`${HEAD}Origin https://app.example.com\r\n\r\n`)],
  ["a line without a name", refused(`${HEAD}: https://app.example.com\r\n\r\n`)],
  ["a control in a name", refused(`${HEAD}Ori\0gin: https://app.example.com\r\n\r\n`)],
  ["a name beyond ASCII", refused(`${HEAD}Or\xefgin: https://app.example.com\r\n\r\n`)],
  [
    "ends of lines without CR",
    refused("GET /resource HTTP/1.1\nHost: api.example\nOrigin: https://app.example.com\n\n"),
  ],
  ["no Host", refused("GET /resource HTTP/1.1\r\nOrigin: https://app.example.com\r\n\r\n")],
  [
    "two Hosts and an origin",
    refused(`${HEAD}Host: evil.test\r\nContent-Length: a\r\nOrigin: https://app.example.com\r\n\r\n`),
  ],
  [
    "another version",
    refused("GET /resource HTTP/9.9\r\nHost: api.example\r\nOrigin: https://app.example.com\r\n\r\n"),
  ],
  ["a method that Node does not know", refused(`EVIL /resource HTTP/1.1\r\nHost: api.example\r\n${FROM_APP}\r\n\r\n`)],
  ["a method in lower case", refused(`options /resource HTTP/1.1\r\nHost: api.example\r\n${FROM_APP}\r\n\r\n`)],
  ["a blank in the path", refused(`GET /re source HTTP/1.1\r\nHost: api.example\r\n${FROM_APP}\r\n\r\n`)],
  ["a control in the path", refused(`GET /re\0source HTTP/1.1\r\nHost: api.example\r\n${FROM_APP}\r\n\r\n`)],
  [
    "a length and chunks",
    refused(
      `POST /resource HTTP/1.1\r\nHost: a\r\n${FROM_APP}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ),
  ],
  [
    "two lengths",
    refused(`POST /resource HTTP/1.1\r\nHost: a\r\n${FROM_APP}\r\nContent-Length: 0\r\nContent-Length: 9\r\n\r\n`),
  ],
  ["the start of HTTP/2", refused("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")],
  ["the start of TLS", refused("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03https://evil.test\r\n\r\n")],
  ["1200 lines", refused([`GET /resource HTTP/1.1\r\nHost: a`, ...times(1200, "a: 1"), FROM_APP, "", ""].join("\r\n"))],
];

/** Node's parser takes a request line without a version for that of HTTP/0.9. */
const withoutVersion: RawRequest = {
  ...rawRequest("GET /resource", FROM_EVIL),
  bytes: `GET /resource\r\nHost: api.example\r\n${FROM_EVIL}\r\n\r\n`,
};

const asWritten: readonly Hostile[] = [
  ["no version", withoutVersion],
  ["no blank behind the colon", rawRequest("GET /resource", "Origin:https://app.example.com")],
  ["blanks and tabs around the origin", rawRequest("GET /resource", "Origin: \t  https://app.example.com \t ")],
  ["an empty origin", rawRequest("GET /resource", "Origin:")],
  ["a preflight with an empty origin", rawRequest("OPTIONS /resource", "Origin:", FOR_PUT)],
  ["a preflight with an empty method", rawRequest("OPTIONS /resource", FROM_APP, "Access-Control-Request-Method:")],
  ["a preflight with empty headers", rawRequest("OPTIONS /resource", FROM_APP, FOR_PUT, `${NAMES}:`)],
  ["a preflight without an origin", rawRequest("OPTIONS /resource", FOR_PUT, `${NAMES}: content-type`)],
  ["a GET that asks as a preflight does", rawRequest("GET /resource", FROM_EVIL, FOR_PUT, `${NAMES}: x-request-id`)],
  ["an upgrade", rawRequest("GET /resource", FROM_EVIL, "Connection: Upgrade, keep-alive", "Upgrade: websocket")],
  [
    "an upgrade to HTTP/2",
    rawRequest("GET /resource", FROM_APP, "Connection: Upgrade, HTTP2-Settings, keep-alive", "Upgrade: h2c"),
  ],
  ["a body that is promised and empty", rawRequest("POST /resource", FROM_EVIL, "Content-Length: 0")],
  ["a path that is not there", rawRequest("GET /missing/%2e%2e/resource?Origin=https://app.example.com", FROM_EVIL)],
  ["a URL in place of the path", rawRequest("GET http://app.example.com/resource", FROM_EVIL)],
  ...["PROPFIND", "PURGE", "MKCOL", "SEARCH", "LOCK", "QUERY", "M-SEARCH", "LINK", "ACL"].map(
    (method): Hostile => [
      `${method} from another origin`,
      rawRequest(`${method} /resource`, FROM_EVIL, "Content-Length: 0"),
    ],
  ),
];

/** All of them. */
export const hostileRequests: readonly Hostile[] = [
  ...longValues,
  ...manyLines,
  ...lookalikes,
  ...controls,
  ...malformed,
  ...asWritten,
];
