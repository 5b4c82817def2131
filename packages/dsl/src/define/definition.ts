/*
 * Policies as typed objects. What the types can hold, they hold; everything is checked again when a policy is made,
 * since JavaScript, `any` and JSON know nothing of types.
 */

/** A text, unless it is `*`: a list of these has no place for one. */
type NotStar<Text extends string> = Text extends "*" ? never : Text;

/**
 * An origin pattern whose danger is accepted, as `unsafe` does in a `.cors` file. It is an object of its own, so that a
 * reviewer sees it, and a search for `unsafe:` finds it.
 *
 * @example
 * ```ts
 * const kiosk: UnsafeOrigin = { unsafe: "http://kiosk.example.net" }; // no TLS there before 2027
 * ```
 */
export interface UnsafeOrigin<Text extends string = string> {
  readonly unsafe: Text;
}

interface CommonMembers {
  /** The policy's name, in decisions and where it is printed; `default` when left out. */
  readonly name?: string | undefined;
  /**
   * How long browsers may remember a preflight: a number of seconds, or a duration as the language writes it (`"10m"`,
   * `"2h"`, `"1d"`), at most a day. `0` turns remembering off. Left out, nothing is sent, and browsers take 5 seconds.
   */
  readonly maxAge?: number | string | undefined;
}

/** A policy for requests without cookies. Only here may a list be `"*"`. */
export interface AnonymousDefinition extends CommonMembers {
  readonly credentials?: false | undefined;
  /** Who may call: origin patterns, `"*"` for everybody, `"none"` for nobody. */
  readonly origins: "*" | "none" | readonly (string | UnsafeOrigin)[];
  /** With which methods beside GET, HEAD and POST, which always pass; `"*"` for all. */
  readonly methods?: "*" | "none" | readonly string[] | undefined;
  /** Which request headers scripts may set; `["*", "Authorization"]` for all. */
  readonly headers?: "none" | readonly string[] | undefined;
  /** Which response headers scripts may read; `"*"` for all. */
  readonly expose?: "*" | "none" | readonly string[] | undefined;
}

/** A policy for requests with cookies. Browsers take `*` for a literal name then, so that it can be in no list. */
export interface CredentialedDefinition<Text extends string = string, Unsafe extends string = string>
  extends CommonMembers {
  readonly credentials: true;
  /** Who may call: origin patterns, or `"none"` for nobody. */
  readonly origins: "none" | readonly (NotStar<Text> | UnsafeOrigin<NotStar<Unsafe>>)[];
  /** With which methods beside GET, HEAD and POST, which always pass. */
  readonly methods?: "none" | readonly NotStar<Text>[] | undefined;
  /** Which request headers scripts may set. */
  readonly headers?: "none" | readonly NotStar<Text>[] | undefined;
  /** Which response headers scripts may read. */
  readonly expose?: "none" | readonly NotStar<Text>[] | undefined;
}

/**
 * A policy as an object: the settings of a `.cors` file, by their names there (`max-age` is `maxAge`), with its rules.
 *
 * @typeParam Text - The texts in its lists, as far as the compiler can tell: so it finds a `"*"` among them.
 * @typeParam Unsafe - The same of those that are marked as unsafe.
 *
 * @example
 * ```ts
 * const account: PolicyDefinition = {
 *   name: "account",
 *   origins: ["https://app.example.com", { unsafe: "http://kiosk.example.net" }],
 *   methods: ["PUT", "DELETE"],
 *   headers: ["Content-Type"],
 *   credentials: true,
 *   maxAge: "10m",
 * };
 * ```
 */
export type PolicyDefinition<Text extends string = string, Unsafe extends string = string> =
  | AnonymousDefinition
  | CredentialedDefinition<Text, Unsafe>;
