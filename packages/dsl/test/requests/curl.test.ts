import { describe, expect, test } from "vitest";
import { parseCurl } from "../../src/requests/curl.js";
import { toPageRequest } from "../../src/requests/written-request.js";

/* Commands as developer tools copy them, and as people write them. */

const CHROME_BASH = String.raw`curl 'https://api.example.com/account?id=7' \
  -X 'PUT' \
  -H 'accept: application/json' \
  -H 'accept-language: de-CH,de;q=0.9' \
  -H 'cache-control: no-cache' \
  -H 'content-type: application/json' \
  -b 'session=abc; theme=dark' \
  -H 'origin: https://app.example.com' \
  -H 'pragma: no-cache' \
  -H 'priority: u=1, i' \
  -H 'referer: https://app.example.com/settings' \
  -H 'sec-ch-ua: "Chromium";v="156", "Not.A/Brand";v="99"' \
  -H 'sec-ch-ua-mobile: ?0' \
  -H 'sec-fetch-dest: empty' \
  -H 'sec-fetch-mode: cors' \
  -H 'sec-fetch-site: same-site' \
  -H 'user-agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36' \
  -H 'x-request-id: 1' \
  --data-raw $'{"name":"J\u00f8rn\'s"}'`;

const CHROME_CMD = `curl ^"https://api.example.com/account?id=7^" ^
  -X ^"PUT^" ^
  -H ^"accept: */*^" ^
  -H ^"content-type: application/json^" ^
  -b ^"session=abc^" ^
  -H ^"origin: https://app.example.com^" ^
  -H ^"sec-ch-ua: ^\\^"Chromium^\\^";v=^\\^"156^\\^"^" ^
  -H ^"sec-fetch-mode: cors^" ^
  -H ^"x-request-id: 1^" ^
  --data-raw ^"^{^\\^"name^\\^":^\\^"a^\\^"^}^"`;

const FIREFOX_BASH = `curl 'https://api.example.com/account?id=7' -X PUT -H 'User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0' -H 'Accept: */*' -H 'Accept-Language: en-US,en;q=0.5' -H 'Accept-Encoding: gzip, deflate, br, zstd' -H 'Referer: https://app.example.com/' -H 'Content-Type: application/json' -H 'X-Request-Id: 1' -H 'Origin: https://app.example.com' -H 'DNT: 1' -H 'Connection: keep-alive' -H 'Cookie: session=abc' -H 'Sec-Fetch-Dest: empty' -H 'Sec-Fetch-Mode: cors' -H 'Sec-Fetch-Site: same-site' -H 'Priority: u=4' -H 'TE: trailers' --data-raw '{"name":"a"}'`;

const FIREFOX_CMD = FIREFOX_BASH.replaceAll("'", '^"').replace('{"name":"a"}', '^{^\\^"name^\\^":^\\^"a^\\^"^}');

/** What the page did, of which the command is a copy. */
function pageOf(command: string, origin: string | null = null) {
  const request = parseCurl(command);
  if ("problem" in request) return request;
  const page = toPageRequest(request, origin);
  if ("problem" in page) return page;
  const { isSameOrigin, headers, ...rest } = page;
  return { ...rest, headers: headers.map(([name, value]) => `${name.toLowerCase()}: ${value}`) };
}

describe("what the developer tools of a browser copy", () => {
  test.each([
    ["Chrome, for bash", CHROME_BASH],
    ["Chrome, for cmd", CHROME_CMD],
    ["Chrome, for cmd, with CRLF", CHROME_CMD.replaceAll("\n", "\r\n")],
    ["Firefox, for bash", FIREFOX_BASH],
    ["Firefox, for cmd", FIREFOX_CMD],
  ])("%s", (_name, command) => {
    expect(pageOf(command)).toEqual({
      origin: "https://app.example.com",
      method: "PUT",
      headers: ["content-type: application/json", "x-request-id: 1"],
      credentials: "include",
    });
  });

  test("a preflight is the request that it asks for", () => {
    const command = `curl 'https://api.example.com/' -X 'OPTIONS' -H 'Accept: */*' \\
      -H 'Access-Control-Request-Headers: content-type,x-request-id' -H 'Access-Control-Request-Method: PATCH' \\
      -H 'Origin: https://app.example.com' -H 'Sec-Fetch-Mode: cors'`;
    expect(pageOf(command)).toEqual({
      origin: "https://app.example.com",
      method: "PATCH",
      headers: ["content-type: (", "x-request-id: ("],
      credentials: "omit",
    });
  });
});

const ORIGIN = "-H 'Origin: https://app.example.com'";

describe("what people write", () => {
  test.each([
    [`curl ${ORIGIN} https://api.example.com`, "GET", []],
    [`curl -I ${ORIGIN} https://api.example.com`, "HEAD", []],
    [`curl -sSLXDELETE ${ORIGIN} https://api.example.com`, "DELETE", []],
    [`curl -kX PUT ${ORIGIN} https://api.example.com`, "PUT", []],
    [`curl --request PATCH --header "X-A: 1" ${ORIGIN} --url https://api.example.com`, "PATCH", ["x-a: 1"]],
    [`curl -HX-A:1 ${ORIGIN} https://api.example.com`, "GET", ["x-a: 1"]],
    [`curl ${ORIGIN} -d a=1 https://api.example.com`, "POST", ["content-type: application/x-www-form-urlencoded"]],
    [`curl ${ORIGIN} -G -d a=1 https://api.example.com`, "GET", []],
    [`curl ${ORIGIN} --json '{}' https://api.example.com`, "POST", ["content-type: application/json"]],
    [`curl ${ORIGIN} -F a=@b https://api.example.com`, "POST", ["content-type: multipart/form-data"]],
    [`curl ${ORIGIN} -T file https://api.example.com`, "PUT", []],
    [`curl ${ORIGIN} -u me:secret https://api.example.com`, "GET", ["authorization: "]],
    [
      `curl ${ORIGIN} -d a=1 -H 'Content-Type: text/plain' https://api.example.com`,
      "POST",
      ["content-type: text/plain"],
    ],
    [`curl ${ORIGIN} -H 'X-Empty;' -H 'User-Agent:' https://api.example.com`, "GET", ["x-empty: "]],
    [
      `curl ${ORIGIN} -o out.json --max-time 5 --retry 3 -w '%{http_code}' --compressed --http2 https://api.example.com`,
      "GET",
      [],
    ],
    [`curl ${ORIGIN} -A agent --some-new-option https://api.example.com`, "GET", []],
    [`curl ${ORIGIN} -H 'Cache-Control: no-store' https://api.example.com`, "GET", ["cache-control: no-store"]],
    [`/usr/bin/curl ${ORIGIN} https://api.example.com`, "GET", []],
    [`curl.exe ${ORIGIN} https://api.example.com`, "GET", []],
    [
      `curl "https://api.example.com" -H "Origin: https://app.example.com" -H "X-Quote: a\\"b\\$c"`,
      "GET",
      ['x-quote: a"b$c'],
    ],
    [
      `curl ${ORIGIN} -X PUT --data-raw '{"a":"^"}' -H 'Content-Type: text/plain' https://api.example.com`,
      "PUT",
      ["content-type: text/plain"],
    ],
    [`curl "https://api.example.com" ^\n -H "Origin: https://app.example.com" ^\r\n -X PUT`, "PUT", []],
    [`curl https://api.example.com -H Origin:\\ https://app.example.com`, "GET", []],
  ])("%s", (command, method, headers) => {
    expect(pageOf(command)).toEqual({ origin: "https://app.example.com", method, headers, credentials: "omit" });
  });

  test("the page is where the Referer says, without an Origin", () => {
    expect(pageOf("curl -e https://app.example.com/a/b https://api.example.com")).toMatchObject({
      origin: "https://app.example.com",
    });
  });

  test("the page is where the option says", () => {
    expect(pageOf(`curl ${ORIGIN} https://api.example.com`, "null")).toMatchObject({ origin: "null" });
  });
});

describe("the value of an option is not the URL", () => {
  const OPTIONS = [
    ...[
      "-A",
      "-C",
      "-D",
      "-E",
      "-F",
      "-H",
      "-K",
      "-P",
      "-Q",
      "-T",
      "-U",
      "-X",
      "-Y",
      "-b",
      "-c",
      "-d",
      "-e",
      "-m",
      "-o",
    ],
    ...["-r", "-u", "-w", "-x", "-y", "-z", "-sSo", "--header", "--request", "--cookie", "--form", "--form-string"],
    ...["--upload-file", "--referer", "--user", "--json", "--data", "--data-ascii", "--data-binary", "--data-raw"],
    ...["--data-urlencode", "--url-query", "--user-agent", "--cookie-jar", "--output", "--write-out", "--max-time"],
    ...["--connect-timeout", "--proxy", "--proxy-user", "--config", "--cert", "--cert-type", "--key", "--key-type"],
    ...["--pass", "--cacert", "--capath", "--ciphers", "--resolve", "--connect-to", "--range", "--interface"],
    ...["--limit-rate", "--max-redirs", "--oauth2-bearer", "--retry", "--retry-delay", "--aws-sigv4", "--unix-socket"],
  ];

  test.each(OPTIONS)("%s", (option) => {
    expect(parseCurl(`curl ${option} https://app.example.com https://api.example.com`)).toMatchObject({
      url: "https://api.example.com",
    });
  });

  test.each(["-k", "-i", "-L", "-v", "-s", "-g", "-0", "--compressed", "--http2", "--insecure", "--location", "-"])(
    "%s has none",
    (option) => {
      expect(parseCurl(`curl ${option} https://api.example.com`)).toMatchObject({ url: "https://api.example.com" });
    },
  );

  test("without a scheme, it is the first word that is no option", () => {
    expect(parseCurl("curl -k api.example.com other")).toMatchObject({ url: "api.example.com" });
    expect(parseCurl("curl one --url https://api.example.com")).toMatchObject({ url: "https://api.example.com" });
    expect(parseCurl("curl -k")).toMatchObject({ url: null });
  });
});

test.each([
  "-d",
  "--data",
  "--data-ascii",
  "--data-binary",
  "--data-raw",
  "--data-urlencode",
  "--form",
  "--form-string",
])("%s is a body, which is sent by POST", (option) => {
  const type = option.startsWith("--form") ? "multipart/form-data" : "application/x-www-form-urlencoded";
  expect(pageOf(`curl ${ORIGIN} ${option} a=1 https://api.example.com`)).toMatchObject({
    method: "POST",
    headers: [`content-type: ${type}`],
  });
});

describe("a header of the browser's own is not the script's", () => {
  const NAMES = [
    ...[
      "Accept",
      "Accept-Language",
      "If-Modified-Since",
      "If-None-Match",
      "Pragma",
      "Priority",
      "Purpose",
      "Save-Data",
    ],
    ...[
      "Upgrade-Insecure-Requests",
      "User-Agent",
      "Sec-Ch-Ua",
      "Sec-Fetch-Site",
      "Accept-Encoding",
      "Connection",
      "DNT",
    ],
  ];

  test.each([...NAMES.map((name) => `${name}: 1`), "Cache-Control: no-cache", "Cache-Control: max-age=0"])(
    "%s",
    (header) => {
      expect(pageOf(`curl ${ORIGIN} -H '${header}' https://api.example.com`)).toMatchObject({ headers: [] });
    },
  );
});

describe("what is no preflight", () => {
  test("OPTIONS by a script", () => {
    expect(pageOf(`curl ${ORIGIN} -X OPTIONS -H 'X-A: 1' https://api.example.com`)).toMatchObject({
      method: "OPTIONS",
      headers: ["x-a: 1"],
    });
  });

  test("another method with the header of one, which no script can set", () => {
    const command = `curl ${ORIGIN} -X PUT -H 'Access-Control-Request-Method: PATCH' https://api.example.com`;
    expect(pageOf(command)).toMatchObject({ method: "PUT", headers: [] });
  });

  test("a preflight without headers asks for none", () => {
    const command = `curl ${ORIGIN} -X OPTIONS -H 'Access-Control-Request-Method: PUT' https://api.example.com`;
    expect(pageOf(command)).toMatchObject({ method: "PUT", headers: [] });
  });
});

describe("a page and a server of one origin", () => {
  test.each([
    [`curl ${ORIGIN} https://app.example.com/api`, true],
    [`curl ${ORIGIN} https://app.example.com:8443/api`, false],
    [`curl ${ORIGIN} -H 'Sec-Fetch-Site: same-origin' https://127.0.0.1/api`, true],
    [`curl ${ORIGIN} -H 'Sec-Fetch-Site: cross-site' https://api.example.com/api`, false],
  ])("%s", (command, isSameOrigin) => {
    const request = parseCurl(command);
    expect("problem" in request ? request : toPageRequest(request, null)).toMatchObject({ isSameOrigin });
  });
});

describe("what can't be explained says why", () => {
  test.each([
    ["wget https://api.example.com", "the command is not curl; copy the request as cURL, for bash or for cmd"],
    ["curly https://api.example.com", "the command is not curl; copy the request as cURL, for bash or for cmd"],
    ["my-curl https://api.example.com", "the command is not curl; copy the request as cURL, for bash or for cmd"],
    ["curl -e about:blank https://x", "the request has no Origin and no Referer; say by --origin where the page is"],
    ["", "the command is not curl; copy the request as cURL, for bash or for cmd"],
    ["curl https://api.example.com", "the request has no Origin and no Referer; say by --origin where the page is"],
    [
      `curl ${ORIGIN} -H 'Sec-Fetch-Mode: navigate' https://api.example.com`,
      "the request has the mode navigate (Sec-Fetch-Mode), and CORS is about requests of the mode cors",
    ],
  ])("%s", (command, problem) => {
    expect(pageOf(command)).toEqual({ problem });
  });
});

test.each(["curl '", 'curl "', "curl $'", "curl \\", "curl -H", "curl -", "curl --", "curl ^", 'curl ^"', "curl -X"])(
  "%s does not throw",
  (command) => {
    expect(pageOf(command)).toHaveProperty("problem");
  },
);
