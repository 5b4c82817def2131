import { readFileSync } from "node:fs";
import type { IncomingMessage, RequestListener } from "node:http";
import { text } from "node:stream/consumers";
import type { Header } from "@corslang/runtime";
import { release } from "../servers/application.js";

/** What a page's script is to do: one call of an API. */
export interface JobStep {
  readonly by: "fetch" | "XMLHttpRequest";
  readonly url: string;
  /** For XMLHttpRequest, what of it there is. */
  readonly init: Readonly<Record<string, unknown>>;
  readonly hasUploadListener: boolean;
  /** Where the server is told to send the rest of a body whose first chunk has arrived. */
  readonly releaseUrl?: string;
}

/** Steps that wait for each other. */
export interface Job {
  readonly id: string;
  readonly steps: readonly JobStep[];
}

/** What a page's script gets to see of a step. */
export type StepResult =
  | {
      readonly outcome: "readable";
      readonly status: number;
      readonly headers: readonly Header[];
      readonly text: string;
    }
  | { readonly outcome: "opaque" }
  /** The name of what was thrown: `TypeError` for all that CORS forbids. */
  | { readonly outcome: "error"; readonly name: string };

/** What a page reports: its origin as its script sees it, and the results of its jobs, by their ids. */
export interface Report {
  readonly origin: string;
  readonly results: Readonly<Record<string, readonly StepResult[]>>;
}

/** A page, or a frame in it, that does jobs. */
export interface Visit {
  /** The page's, or that of the page around the frame. */
  readonly origin: string;
  readonly frame: "sandboxed" | "data:" | null;
  readonly jobs: readonly Job[];
}

const runner = readFileSync(new URL("run-jobs.js", import.meta.url), "utf8");

function createDocument(jobs: readonly Job[], reportUrl: string): string {
  // A `<` could end the script element.
  const json = JSON.stringify({ jobs, reportUrl }).replaceAll("<", "\\u003c");
  return `<!doctype html><script id="jobs" type="application/json">${json}</script><script>${runner}</script>`;
}

function createFrame(frame: "sandboxed" | "data:", content: string): string {
  const attributes =
    frame === "sandboxed"
      ? 'sandbox="allow-scripts" src="frame"'
      : `src="data:text/html;base64,${Buffer.from(content).toString("base64")}"`;
  return `<!doctype html><iframe ${attributes}></iframe>`;
}

/** Pages for all servers, whatever their host, and the reports that they send back. */
export class Pages {
  readonly #documents = new Map<string, string>();
  readonly #reports = new Map<string, (report: Report) => void>();
  #count = 0;

  /** Makes a page ready to be opened. The report comes when it is, and its jobs are done. */
  prepare({ origin, frame, jobs }: Visit): { readonly url: string; readonly report: Promise<Report> } {
    const path = `/-page/${++this.#count}/`;
    const content = createDocument(jobs, `${origin}${path}report`);
    this.#documents.set(path, frame === null ? content : createFrame(frame, content));
    this.#documents.set(`${path}frame`, content);
    const report = new Promise<Report>((resolve) => this.#reports.set(`${path}report`, resolve));
    return { url: `${origin}${path}`, report };
  }

  async #takeReport(request: IncomingMessage): Promise<void> {
    const { url = "" } = request;
    // The cast holds: run-jobs.js has sent it.
    this.#reports.get(url)?.(JSON.parse(await text(request)) as Report);
  }

  /** Answers for the pages; all other requests go on to the listener. */
  inFrontOf(listener: RequestListener): RequestListener {
    return async (request, response) => {
      const { url = "" } = request;
      const document = this.#documents.get(url);
      if (document !== undefined) {
        response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" });
        response.end(document);
      } else if (url.startsWith("/-release/")) {
        release(url.slice("/-release/".length));
        response.writeHead(204).end();
      } else if (this.#reports.has(url)) {
        await this.#takeReport(request);
        response.writeHead(204).end();
      } else if (url === "/favicon.ico") {
        response.writeHead(204).end();
      } else {
        listener(request, response);
      }
    };
  }
}
