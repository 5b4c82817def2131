export { type WatchedPolicy, type WatchOptions, watchPolicy } from "./watch-policy.js";
