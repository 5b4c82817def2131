/* A certificate for one run, written as DER here: a machine may have no openssl, and Node makes none. RFC 5280. */

import { createHash, generateKeyPairSync, sign } from "node:crypto";

/** A key and its certificate for servers, and what a browser has to be told to trust it. */
export interface Certificate {
  /** PEM. */
  readonly key: string;
  /** PEM. */
  readonly cert: string;
  /** SHA-256 of the public key, in Base64. */
  readonly keyHash: string;
}

function encode(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const lengthBytes = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...lengthBytes]), content]);
}

const sequence = (...contents: readonly Uint8Array[]) => encode(0x30, ...contents);
const set = (content: Uint8Array) => encode(0x31, content);
const integer = (...bytes: readonly number[]) => encode(0x02, Buffer.from(bytes));
const identifier = (hexadecimal: string) => encode(0x06, Buffer.from(hexadecimal, "hex"));
const utf8 = (text: string) => encode(0x0c, Buffer.from(text));
const time = (text: string) => encode(0x17, Buffer.from(text));

const ECDSA_WITH_SHA256 = sequence(identifier("2a8648ce3d040302"));
const COMMON_NAME = identifier("550403");
const SUBJECT_ALTERNATIVE_NAME = identifier("551d11");

/** Makes a self-signed certificate; browsers are told to take it for any host. */
export function createCertificate(): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const publicKeyInfo = publicKey.export({ type: "spki", format: "der" });
  const name = sequence(set(sequence(COMMON_NAME, utf8("corslang tests"))));
  const names = sequence(encode(0x82, Buffer.from("*.example.com")));
  const content = sequence(
    encode(0xa0, integer(2)),
    integer(1),
    ECDSA_WITH_SHA256,
    name,
    sequence(time("250101000000Z"), time("491231235959Z")),
    name,
    publicKeyInfo,
    encode(0xa3, sequence(sequence(SUBJECT_ALTERNATIVE_NAME, encode(0x04, names)))),
  );
  const signature = encode(0x03, Buffer.from([0]), sign("sha256", content, privateKey));
  const certificate = sequence(content, ECDSA_WITH_SHA256, signature);
  const base64 = certificate.toString("base64").replace(/.{1,64}/g, "$&\n");
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${base64}-----END CERTIFICATE-----\n`,
    keyHash: createHash("sha256").update(publicKeyInfo).digest("base64"),
  };
}
