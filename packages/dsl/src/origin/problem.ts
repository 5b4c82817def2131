/** Why a text is not an origin pattern. The codes are those of the diagnostics. */
export type OriginProblem =
  | {
      readonly code:
        | "origin-syntax"
        | "origin-missing-scheme"
        | "origin-has-path"
        | "origin-has-userinfo"
        | "origin-uppercase"
        | "origin-default-port"
        | "origin-port"
        | "origin-not-ascii"
        | "origin-ipv4"
        | "origin-ipv6";
    }
  | {
      readonly code: "origin-host" | "origin-scheme" | "origin-wildcard";
      /** Half a sentence that says what is wrong. */
      readonly problem: string;
    };

/** What a parser of a part gives back: the part, or why it is not one. */
export type Parsed<T> = { readonly value: T } | { readonly problem: OriginProblem };
