import type { MountName } from "../policies.js";
import { type Exchange, isOpaque, type Page } from "./exchange.js";

/**
 * Pages, and the policies of fixtures/policies.cors that allow them, read from there by hand. The two that allow anybody,
 * and the one that allows nobody, are asked from every page as well.
 */
const ALLOWED_BY: readonly (readonly [page: Page, mounts: readonly MountName[], why: string])[] = [
  ["https://app.example.com", ["account", "plain", "patterns"], "listed"],
  ["https://admin.example.com", ["account", "patterns"], "listed"],
  ["https://app.example.com:8443", ["account"], "listed with its port"],
  ["http://app.example.com", ["account"], "listed as unsafe"],
  ["http://admin.example.com", [], "the scheme is another"],
  ["http://app.example.com:8080", [], "the port is another"],
  ["https://admin.example.com:8443", [], "the port is another"],
  ["https://example.com", [], "a star is one label at least"],
  ["https://a.b.example.com", ["patterns"], "a star is one label or more"],
  ["https://my_app.example.com", ["patterns"], "browsers let a host have an underscore"],
  ["https://xn--bcher-kva.example.com", ["patterns"], "an internationalized host, as browsers write it"],
  ["https://app.example.com.", [], "a dot at the end makes it another origin"],
  ["https://app.example.com.evil.test", [], "what is listed is only how it begins"],
  ["https://evilapp.example.com", ["patterns"], "a subdomain, yet not the one that is listed"],
  ["https://evilexample.com", [], "it ends like the pattern, within a label"],
  ["https://app-example.com", [], "a dot of what is listed stands for a dot"],
  ["https://preview-7.example.dev", ["patterns"], "a star within a label"],
  ["https://preview-7.evil.example.dev", [], "a star within a label does not reach over a dot"],
  ["https://xpreview-7.example.dev", [], "a label begins where it begins"],
  ["http://localhost", ["patterns"], "any port, and so the default one"],
  ["http://localhost:3000", ["patterns"], "any port"],
  ["http://localhost.evil.test:3000", [], "what is listed is only how it begins"],
  ["https://evil.test", [], "a stranger"],
  ["sandboxed frame", ["frames"], "a frame without an origin"],
  ["data: frame", ["frames"], "a frame without an origin"],
];

const POLICIES = ["account", "plain", "patterns", "frames", "public", "nobody"] as const;

/** What pages of all kinds of origins may read. */
export const originExchanges: readonly Exchange[] = ALLOWED_BY.flatMap(([page, mounts, why]) =>
  POLICIES.map((mount): Exchange => {
    const isAllowed = mount === "public" || mounts.includes(mount);
    return {
      name: `${mount} ${isAllowed ? "allows" : "denies"} ${isOpaque(page) ? `a ${page}` : page}: ${why}`,
      mount,
      steps: [{ page, outcome: isAllowed ? "readable" : "unreadable" }],
      sent: ["GET"],
    };
  }),
);
