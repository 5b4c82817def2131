import { fileURLToPath } from "node:url";
import type { Asked } from "./combination.js";

/** A folder with a file, `page.txt`, of ten characters, and with a folder in it. */
export const FOLDER = fileURLToPath(new URL("../fixtures/files", import.meta.url));

const isAnsweredAtOnce = true;

/** A file, with and without its body. */
export const WHOLE_FILES: readonly Asked[] = [
  { lines: ["GET /page.txt"], status: 200, others: ["content-length: 10"], isAnsweredAtOnce },
  { lines: ["HEAD /page.txt"], status: 200, others: ["content-length: 10"], isAnsweredAtOnce },
];

/** Parts of a file. */
export const RANGES: readonly Asked[] = [
  {
    lines: ["GET /page.txt", "Range: bytes=2-4"],
    status: 206,
    others: ["content-range: bytes 2-4/10"],
    isAnsweredAtOnce,
  },
];

/** Parts that are not there. */
export const NO_RANGE: Asked = {
  lines: ["GET /page.txt", "Range: bytes=20-30"],
  status: 416,
  others: ["content-range: bytes */10"],
  isAnsweredAtOnce,
};

/** A file that the client has. */
export const UNCHANGED: Asked = {
  lines: ["GET /page.txt", "If-Modified-Since: Fri, 31 Dec 2100 00:00:00 GMT"],
  status: 304,
  isAnsweredAtOnce,
};
