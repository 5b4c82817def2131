import fc from "fast-check";

/*
 * What somebody would write into a policy to get code into the module that is made of it, and every place of the
 * language where a text can stand. What runs as code tells by a member of the global object.
 */

/** The member that is there when a text was run. */
export const MARK = "hacked";

const CODE = `globalThis.${MARK}=1`;

/** Beginnings and ends of comments, strings, templates, lines, scripts; and what tools read in comments. */
export const FRAGMENTS = [
  ...["*/", "/*", "**/", "*\\/", "//", "///", "/**", "<!--", "-->", "<script>", "</script>", "</SCRIPT >", "]]>"],
  ...['"', "'", "`", "${", "}", "\\", "\\u002a/", "\\n", "\\u2028", "&#10;", "%0A", ")", "});", "];", ";", "|", "\t"],
  ...[CODE, `;${CODE};`, `*/${CODE}/*`, `*/;${CODE};/*`, `\`+(${CODE})+\``, `\${${CODE}}`, `");${CODE};("`],
  ...["@license", "@preserve", "@ts-ignore", "@ts-expect-error", "@ts-nocheck", "@__PURE__", "@__NO_SIDE_EFFECTS__"],
  ...["# sourceMappingURL=x.map", "//# sourceURL=x", '/// <reference path="x" />', "@jsx x", "use strict", "#", "*"],
  ...["\u00e9", "\u{1F600}", "\u00a0", "\ufeff", "\u200b", "\u{E0001}", "import x from 'y'", "export default 1", " "],
];

/** Characters that no source may have, and what can't be written in UTF-8. */
export const FORBIDDEN = ["\0", "\u0008", "\u001b", "\u007f", "\u0085", "\u2028", "\u2029", "\u202e", "\u2066", "\r"];

/** One line of text: whole fragments, in any number and order, or anything. */
export const hostileLine = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(fc.constantFrom(...FRAGMENTS), { minLength: 1, maxLength: 6 }).map((parts) => parts.join("")),
  },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 30 }) },
);

/** Names of files, without the extension; some are in folders. None has a backslash: Node imports nothing from such. */
export const FILE_NAMES = [
  `a\n;globalThis.${MARK}=1\n`,
  `a\r\nglobalThis.${MARK}=1;\u2028globalThis.${MARK}=1;\u2029x`,
  `a*/globalThis.${MARK}=1;/*`,
  "</script><script>x",
  "<!--",
  `\`\${globalThis.${MARK}=1}\``,
  `");globalThis.${MARK}=1;("`,
  "\u001b[31m\u202ex\u0085",
  "# sourceMappingURL=x.map",
  "a?b#c%41 %",
  "\u{1F600}\ufeff\u200b",
  "@ts-nocheck",
  "x".repeat(180),
];

/** A policy file with a text in one place: `TEXT` is where it goes. */
export const PLACES: Readonly<Record<string, string>> = {
  "the first line": "# TEXT\norigins https://a.example\n",
  "documentation of a policy": "# TEXT\npolicy api {\n  origins https://a.example\n}\n",
  "two lines of documentation": "# TEXT\n# TEXT\npolicy api {\n  origins https://a.example\n}\n",
  "documentation of a set": "# TEXT\nset some [ https://a.example ]\norigins @some\n",
  "a comment behind a setting": "origins https://a.example # TEXT\n",
  "a comment in a list": "origins [\n  # TEXT\n  https://a.example # TEXT\n]\n",
  "a comment at the end": "origins https://a.example\n#TEXT",
  "the reason of an acceptance": "origins https://a.example:* # corslang allow any-port: TEXT\n",
  "the code of an acceptance": "origins https://a.example # corslang allow TEXT: because\n",
  "the name of a policy": "policy TEXT {\n  origins https://a.example\n}\n",
  "the name of a set": "set TEXT [ https://a.example ]\norigins @TEXT\n",
  "the name of a profile": "origins https://a.example\nwhen TEXT { origins += https://b.example }\n",
  "the path of an import": 'import x from "TEXT"\norigins https://a.example\n',
  "the name of an import": 'import TEXT from "./x.cors"\norigins https://a.example\n',
  "an origin": "origins TEXT\n",
  "a host": "origins https://TEXT.example\n",
  "a method": "origins https://a.example\nmethods TEXT\n",
  "a header": "origins https://a.example\nheaders TEXT\n",
  "an exposed header": "origins https://a.example\nexpose TEXT\n",
  "a duration": "origins https://a.example\nmax-age TEXT\n",
  "a setting": "origins https://a.example\nTEXT x\n",
  "a claim": "origins https://a.example\nexpect default {\n  deny TEXT from https://b.example with TEXT\n}\n",
};

/** Puts a text into its place. */
export function fill(place: string, text: string): string {
  return (PLACES[place] ?? "").replaceAll("TEXT", () => text);
}
