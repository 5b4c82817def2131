import { PATIENCE } from "./browser.js";

/** JSON as WebDriver BiDi has it. */
type Message = Readonly<Record<string, unknown>>;

/** A session of WebDriver BiDi, W3C's protocol for driving browsers, over a WebSocket. */
export interface BiDi {
  /**
   * Sends a command.
   *
   * @returns Its result.
   * @throws Error when the browser refuses it, or does not answer.
   */
  readonly send: (method: string, params: Message) => Promise<Message>;
  readonly onEvent: (method: string, listener: (params: Message) => void) => void;
}

/** Connects to a browser that has printed the address. */
export async function connectBiDi(address: string): Promise<BiDi> {
  const socket = new WebSocket(`${address}/session`);
  const pending = new Map<unknown, (message: Message) => void>();
  const listeners = new Map<unknown, (params: Message) => void>();
  let count = 0;

  socket.addEventListener("message", ({ data }) => {
    // The cast holds: every message of the protocol is an object, with an id exactly when it answers a command.
    const message = JSON.parse(String(data)) as Message;
    if (message.type === "event") listeners.get(message.method)?.(message.params as Message);
    else pending.get(message.id)?.(message);
  });
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve);
    socket.addEventListener("error", () => reject(new Error(`nothing answers at ${address}`)));
  });

  return {
    onEvent: (method, listener) => void listeners.set(method, listener),
    send: (method, params) =>
      new Promise((resolve, reject) => {
        const id = ++count;
        const timer = setTimeout(() => reject(new Error(`no answer to ${method}`)), PATIENCE);
        pending.set(id, (message) => {
          clearTimeout(timer);
          pending.delete(id);
          // The cast holds: so says the protocol of a `success`.
          if (message.type === "success") resolve(message.result as Message);
          else reject(new Error(`${method}: ${message.message}`));
        });
        socket.send(JSON.stringify({ id, method, params }));
      }),
  };
}
