/**
 * Names of folders tell who somebody is: of them, nothing leaves this computer. What every system and every
 * container has stays, and what only has a slash in it: `orders/0`, `lab/kafka:3.9.1`, a step. In doubt, a
 * word too many goes.
 */

const SYSTEM = 'bin|dev|etc|lib|opt|proc|sys|usr|var';

/** Not within a word, or an address. */
const APART = String.raw`(?<![\p{L}\p{N}_.~:\\/-]|:\/)`;

const BEGINNING = [
  String.raw`file:\/+`,
  // Anywhere: as in --home=/home/somebody, and behind every other root.
  String.raw`(?<!https?:\/\/[^\s]*)\/(?:home|Users)\/`,
  String.raw`(?<![A-Za-z0-9])[A-Za-z]:[\\/](?!\/)`,
  String.raw`\\\\`,
  String.raw`(?<![\w.~])~\w*[\\/]`,
  String.raw`${APART}\/\/`,
  String.raw`(?<![\p{L}\p{N}_.~\\/-])\/(?!(?:${SYSTEM})\/)[^\s()'"‘’“”,/]+\/`,
].join('|');

/** A comma, a bracket or an apostrophe may be part of a name. */
const LETTER = String.raw`(?:[^\s()'"‘’“”\x60,;<>|]|(?<=\p{L})['’,](?=\p{L})|\([^\s()]*\)(?=[\\/]))`;
const NAME = String.raw`(?:(?![\\/])${LETTER})+`;

/** The rest of it behind a space, if it goes on to another folder; that of a person also without. */
const MORE = [
  String.raw` +(?![\w.-]+\/(?:\d+(?![\w/])|[\w.-]+:))${NAME}[\\/]${LETTER}*`,
  String.raw`(?: +${NAME}){1,2} +(?![a-z0-9._-]+\/[\w.:-]+(?![\w/\\]))${NAME}[\\/]${LETTER}*`,
  String.raw`(?<=(?:Users|home)[\\/]+${NAME}(?: +[A-Z][\w-]*)*) +[A-Z][\w-]*(?![\p{L}\w:/])`,
].join('|');

const PATH = new RegExp(`(?:${BEGINNING})${LETTER}*(?:${MORE})*`, 'gu');
/** One that says itself where it ends. */
const QUOTED = new RegExp(`(["'‘“\`])(?:${BEGINNING})[^"'’”\`\\n]*(?=["'’”\`])`, 'gu');

export const withoutPaths = (text: string): string =>
  text
    .replace(/ ?\([^()]*\)/g, (whole) => (whole.search(PATH) === -1 ? whole : ''))
    .replace(QUOTED, '$1…')
    .replace(PATH, '…');
