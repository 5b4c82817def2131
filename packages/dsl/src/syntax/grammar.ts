import { CstParser, type IToken } from "chevrotain";
import { Atom, Comma, LeftBrace, LeftBracket, LineEnd, RightBrace, RightBracket, TOKENS } from "./tokens.js";
import { DECLARATIONS, isSettingName, WHEN } from "./vocabulary.js";

/** Blocks inside of blocks beyond this are not read as such: no file has them, and recursion has to end. */
const DEEPEST_BLOCK = 8;

/**
 * The shape of a file: statements of words, lists and blocks. Every sequence of tokens fits, so that nothing is ever
 * lost to error recovery; whether a statement makes sense, and what is missing or too much, is said in statements.ts
 * with a sentence and a fix of its own.
 */
export class Grammar extends CstParser {
  private depth = 0;

  constructor(options: { readonly validate: boolean }) {
    super(TOKENS, {
      recoveryEnabled: false,
      nodeLocationTracking: "onlyOffset",
      maxLookahead: 1,
      skipValidations: !options.validate,
    });
    this.performSelfAnalysis();
  }

  /** Sets the tokens to read. */
  override set input(tokens: IToken[]) {
    this.depth = 0;
    super.input = tokens;
  }

  override get input(): IToken[] {
    return super.input;
  }

  readonly file = this.RULE("file", () => {
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(LineEnd) },
        { ALT: () => this.CONSUME(RightBrace) },
        { ALT: () => this.SUBRULE(this.statement) },
      ]);
    });
  });

  readonly statement = this.RULE("statement", () => {
    this.AT_LEAST_ONE(() => {
      this.OR({
        DEF: [
          { ALT: () => this.CONSUME(Atom) },
          { ALT: () => this.CONSUME(Comma) },
          { ALT: () => this.CONSUME(RightBracket) },
          { ALT: () => this.SUBRULE(this.list) },
          { GATE: () => this.depth < DEEPEST_BLOCK, ALT: () => this.SUBRULE(this.block) },
          { ALT: () => this.CONSUME(LeftBrace) },
        ],
        IGNORE_AMBIGUITIES: true,
      });
    });
  });

  readonly block = this.RULE("block", () => {
    this.CONSUME(LeftBrace);
    this.ACTION(() => this.depth++);
    this.MANY({
      GATE: () => !(this.declarationFollows() && this.isUnindented()),
      DEF: () => {
        this.OR([{ ALT: () => this.CONSUME(LineEnd) }, { ALT: () => this.SUBRULE(this.statement) }]);
      },
    });
    this.ACTION(() => this.depth--);
    // Left out where the file or the next declaration comes first: reported as unclosed.
    this.OPTION(() => this.CONSUME(RightBrace));
  });

  readonly list = this.RULE("list", () => {
    this.CONSUME(LeftBracket);
    this.MANY({
      GATE: () => !this.declarationFollows() && !this.settingFollows(),
      DEF: () => {
        this.OR([
          { ALT: () => this.CONSUME(Atom) },
          { ALT: () => this.CONSUME(Comma) },
          { ALT: () => this.CONSUME(LineEnd) },
          { ALT: () => this.CONSUME2(LeftBracket) },
        ]);
      },
    });
    this.OPTION(() => this.CONSUME(RightBracket));
  });

  /** Whether a line begins here with these words, the second on the same line: then a block or list before it has no end. */
  private lineFollows(isHead: (word: string) => boolean): boolean {
    const next = this.LA(2).tokenType;
    return (
      this.LA(0).tokenType === LineEnd &&
      this.LA(1).tokenType === Atom &&
      isHead(this.LA(1).image) &&
      (next === Atom || next === LeftBracket)
    );
  }

  /** A declaration that is indented was meant to be inside, and is reported there. */
  private isUnindented(): boolean {
    const lineEnd = this.LA(0);
    return lineEnd.startOffset + lineEnd.image.length === this.LA(1).startOffset;
  }

  private declarationFollows(): boolean {
    return this.lineFollows((word) => DECLARATIONS.includes(word));
  }

  /** A `when` ends a list as a setting does; a block may have it inside. */
  private settingFollows(): boolean {
    return this.lineFollows((word) => isSettingName(word) || word === WHEN);
  }
}
