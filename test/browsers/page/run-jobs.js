/*
 * Runs in a page: does the requests that the page is given, and reports what its script gets to see. The steps of a job
 * wait for each other, jobs do not.
 */
(async () => {
  const AT_ONCE = 12;
  const TIMEOUT = 30_000;

  const { jobs, reportUrl } = JSON.parse(document.getElementById("jobs").textContent);

  async function readInChunks(response, releaseUrl) {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      // The server holds the rest back until it is told: that the first chunk is here shows that nothing waits for it.
      if (text === "") await fetch(releaseUrl, { mode: "no-cors", method: "POST" });
      text += chunk.value;
    }
    return text;
  }

  async function runFetch({ url, init, releaseUrl }) {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT) });
    if (response.type.startsWith("opaque")) return { outcome: "opaque" };
    const text = releaseUrl ? await readInChunks(response, releaseUrl) : await response.text();
    return { outcome: "readable", status: response.status, headers: [...response.headers], text };
  }

  function runXMLHttpRequest({ url, init, hasUploadListener }) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open(init.method, url);
      request.timeout = TIMEOUT;
      request.withCredentials = init.credentials === "include";
      for (const [name, value] of init.headers) request.setRequestHeader(name, value);
      if (hasUploadListener) request.upload.addEventListener("progress", () => {});
      request.onerror = () => reject(new TypeError("the request has failed"));
      request.ontimeout = () => reject(new DOMException("no answer", "TimeoutError"));
      request.onload = () => {
        const lines = request.getAllResponseHeaders().split("\r\n").filter(Boolean);
        const headers = lines.map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]);
        resolve({ outcome: "readable", status: request.status, headers, text: request.responseText });
      };
      request.send(init.body ?? null);
    });
  }

  async function runStep(step) {
    try {
      return await (step.by === "fetch" ? runFetch(step) : runXMLHttpRequest(step));
    } catch (error) {
      return { outcome: "error", name: error.name };
    }
  }

  const results = {};
  const waiting = jobs[Symbol.iterator]();
  async function runWaiting() {
    for (const { id, steps } of waiting) {
      results[id] = [];
      for (const step of steps) results[id].push(await runStep(step));
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, runWaiting));
  await fetch(reportUrl, { method: "POST", mode: "no-cors", body: JSON.stringify({ origin: self.origin, results }) });
})();
