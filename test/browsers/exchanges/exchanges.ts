import { cacheExchanges } from "./caches.js";
import { credentialsExchanges } from "./credentials.js";
import { debugExchanges } from "./debug.js";
import type { Exchange } from "./exchange.js";
import { methodExchanges } from "./methods.js";
import { originExchanges } from "./origins.js";
import { ownPageExchanges } from "./own-pages.js";
import { preflightExchanges } from "./preflights.js";
import { redirectExchanges } from "./redirects.js";
import { requestHeaderExchanges } from "./request-headers.js";
import { responseExchanges } from "./responses.js";

/** What every browser does with every adapter on every framework. */
export const exchanges: readonly Exchange[] = [
  ...originExchanges,
  ...credentialsExchanges,
  ...methodExchanges,
  ...requestHeaderExchanges,
  ...preflightExchanges,
  ...responseExchanges,
  ...redirectExchanges,
  ...cacheExchanges,
  ...ownPageExchanges,
  ...debugExchanges,
];
