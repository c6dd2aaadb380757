/** A command as the author wrote it, split as a shell would, and the line of the text it starts on. */
export interface CommandText {
  /** As shown after the prompt: continuations joined, comments gone. */
  readonly text: string;
  readonly words: readonly string[];
  /** What its output goes through: the words after `|`, if there is one. */
  readonly filter: readonly string[] | undefined;
  /** Counted from 0. */
  readonly line: number;
}

/** A text that is no command of this lab. `line` counts from 0 within the text that was given. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly line: number;

  constructor(message: string, line = 0) {
    super(message.split(' ').map(shortened).join(' '));
    this.line = line;
  }
}

/** A word that was typed may be of any length; what was expected stays in sight. */
const shortened = (word: string): string => (word.length > 200 ? `${word.slice(0, 100)}…` : word);

/** The pieces of a command. What matches none of them is shell syntax, and nothing here reaches a shell. */
const PIECE =
  /(?<space>\s+)|'(?<single>[^']*)'|"(?<double>(?:[^"\\$`]|\\.)*)"|\\(?<escaped>.)|(?<pipe>\|)|(?<place>\{[a-z]+\})|(?<plain>[^\s'"\\;&|<>()`$*?[\]{}~!]+)/y;

/**
 * Splits a fence's text into commands. Understands blank lines, `# comments`, `\` at the end of a
 * line, 'single' and "double" quotes, `\x` and one `|`; every other shell syntax is an error.
 *
 * @param names of what may stand in it as `{name}`, for a value; it is left as it is.
 * @throws CommandError
 */
export const splitCommands = (text: string, names: readonly string[] = []): CommandText[] => {
  const commands: CommandText[] = [];
  const lines = text.split('\n');
  for (let index = 0; index < lines.length; index += 1) {
    const line = index;
    let logical = lines[index] ?? '';
    while (logical.endsWith('\\') && index + 1 < lines.length) {
      index += 1;
      logical = `${logical.slice(0, -1).trimEnd()} ${(lines[index] ?? '').trimStart()}`;
    }
    const { parts, end } = splitWords(logical, line, names);
    const [words = [], filter, extra] = parts;
    if (extra !== undefined) throw new CommandError('"|"는 한 번만 쓸 수 있습니다', line);
    if (filter !== undefined && (words.length === 0 || filter.length === 0)) {
      throw new CommandError('"|"의 앞뒤에는 명령이 있어야 합니다', line);
    }
    if (words.length > 0)
      commands.push({ text: logical.slice(0, end).trim(), words, filter, line });
  }
  return commands;
};

/** `parts`: between the pipes. `end`: where a comment begins, or the text ends. */
const splitWords = (
  text: string,
  line: number,
  names: readonly string[],
): { parts: string[][]; end: number } => {
  let words: string[] = [];
  const parts = [words];
  let word: string | undefined;
  let end = 0;
  while (end < text.length) {
    if (word === undefined && text[end] === '#') break;
    PIECE.lastIndex = end;
    const piece = PIECE.exec(text)?.groups;
    if (piece === undefined) throw new CommandError(complaint(text.charAt(end)), line);
    if (piece.place !== undefined && !names.includes(piece.place.slice(1, -1)))
      throw new CommandError(names.length === 0 ? complaint('{') : unnamed(piece.place), line);
    end = PIECE.lastIndex;
    if (piece.space === undefined && piece.pipe === undefined) {
      const double = piece.double?.replace(/\\(.)/g, '$1');
      const { single, escaped, place, plain } = piece;
      word = `${word ?? ''}${single ?? double ?? escaped ?? place ?? plain ?? ''}`;
    } else if (word !== undefined) {
      words.push(word);
      word = undefined;
    }
    if (piece.pipe !== undefined) {
      words = [];
      parts.push(words);
    }
  }
  if (word !== undefined) words.push(word);
  return { parts, end };
};

const unnamed = (place: string): string => `params에 없는 이름입니다: ${place}`;

const complaint = (char: string): string => {
  if (char === '\\') return '줄이 "\\"로 끝났는데 이어지는 줄이 없습니다';
  if (char === '"' || char === "'")
    return `따옴표(${char})가 닫히지 않았거나 안에 $ 또는 \`가 있습니다`;
  return `"${char}"는 이 실습실이 이해하지 않는 셸 문법입니다. 글자 그대로 쓰려면 따옴표로 감싸세요`;
};
