/*
 * A whole server on a framework, called as `node:http` calls it and without a connection: the request and the response
 * are Node's own, the head is really written, and stays in the response. Runs in a process of its own.
 */
import { IncomingMessage, ServerResponse } from "node:http";
import { readFetchAnswer, readNodeAnswer } from "../answers.mjs";
import { createApplication } from "../frameworks/index.mjs";
import { BATCH, timeBatches } from "../measure/batches.mjs";
import { listOrigins } from "../policies.mjs";
import { createLinesSource } from "../requests.mjs";

/** Of each kind. With a quarter of them V8 was still at work while the first rounds were measured. */
const WARM_UP_BATCHES = 96;

/** Microseconds of the processor, for who takes long with every request. */
const LONGEST_WARM_UP = 800_000;

/** As Node's parser makes one. */
function createNodeExchange({ method, lines }) {
  const request = new IncomingMessage(null);
  request.method = method;
  request.url = "/";
  request.httpVersionMajor = 1;
  request.httpVersionMinor = 1;
  request.httpVersion = "1.1";
  request._addHeaderLines(lines, lines.length);
  // Read once before the watch runs: Node makes the object of header names when it is first asked for, the most part of
  // which is other headers. With it in every time, all would look more alike than they are.
  request.headers;
  return { request, response: new ServerResponse(request) };
}

function createFetchRequest({ method, lines }) {
  const headers = [];
  for (let index = 0; index < lines.length; index += 2) headers.push([lines[index], lines[index + 1]]);
  return new Request("http://api.example.com/", { method, headers });
}

/** All is done when the listener returns, or when what it returns is resolved: Koa's. */
function workOnNode(listener) {
  return async (exchanges) => {
    for (const { request, response } of exchanges) {
      const pending = listener(request, response);
      if (pending?.then) await pending;
    }
  };
}

function workOnNodeAtOnce(listener) {
  return (exchanges) => {
    for (const { request, response } of exchanges) listener(request, response);
  };
}

function workOnFetch(fetch) {
  return async (requests) => {
    for (const request of requests) {
      const pending = fetch(request);
      if (pending.then) await pending;
    }
  };
}

/**
 * @param {object} options
 * @param {string} options.framework
 * @param {string} options.subject
 * @param {number} options.count - How many origins.
 * @param {string} options.root - The tree that has our packages.
 */
export async function create(options) {
  const { listener, fetch } = await createApplication(options);
  const list = listOrigins("exact", options.count);
  const work = fetch
    ? workOnFetch(fetch)
    : options.framework === "koa"
      ? workOnNode(listener)
      : workOnNodeAtOnce(listener);

  const sources = new Map();
  function sourceOf(kind) {
    if (!sources.has(kind)) {
      const nextLines = createLinesSource(kind, list);
      sources.set(kind, fetch ? () => createFetchRequest(nextLines()) : () => createNodeExchange(nextLines()));
    }
    return sources.get(kind);
  }
  const prepareFor = (kind) => () => Array.from({ length: BATCH }, sourceOf(kind));

  return {
    /** What a request of a kind is answered with. */
    async answer(kind) {
      const exchange = sourceOf(kind)();
      if (fetch) return readFetchAnswer(await fetch(exchange), exchange.headers.get("Origin"));
      await work([exchange]);
      return readNodeAnswer(exchange.response, exchange.request.headers.origin);
    },
    async warmUp(kinds) {
      const before = process.cpuUsage();
      const isShort = ({ user, system }) => user + system < LONGEST_WARM_UP;
      for (let batch = 0; batch < WARM_UP_BATCHES && isShort(process.cpuUsage(before)); batch++) {
        for (const kind of kinds) await work(prepareFor(kind)());
      }
    },
    measure: (kind, batches) => timeBatches(prepareFor(kind), work, batches),
  };
}
