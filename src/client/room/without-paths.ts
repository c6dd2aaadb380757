/**
 * Names of folders tell who somebody is: of them, nothing leaves this computer. What every system and every
 * container has stays, and what only has a slash in it: `orders/0`, `lab/kafka:3.9.1`, a step.
 */

const SYSTEM = 'bin|dev|etc|lib|opt|proc|sys|usr|var';

/** Where a path begins: homes anywhere, as in `--home=/home/somebody`; other roots not within a word or an address. */
const ROOT = [
  String.raw`file:\/+`,
  String.raw`(?<!https?:\/\/\S*)\/(?:home|Users)\/`,
  String.raw`(?<![A-Za-z0-9])[A-Za-z]:[\\/](?!\/)`,
  String.raw`\\\\`,
  String.raw`(?<![\w.~])~\w*[\\/]`,
  String.raw`(?<![\p{L}\p{N}_.~:\\/-]|:\/)\/\/`,
  String.raw`(?<![\p{L}\p{N}_.~\\/-])\/(?!(?:${SYSTEM})\/)(?=[^\s/]+\/)`,
].join('|');

/** Also spaces may be part of a name, and brackets that a folder goes on behind. */
const LETTER = String.raw`(?:[^\n()"‘’“”,]|\([^()\n]*\)(?=[\\/]))`;

/** To the last folder that may be meant, and the names behind it: in doubt, a word too many goes. */
const PATH = new RegExp(`(?:${ROOT})(?:${LETTER}*[\\\\/])?[^\\s()"‘’“”,]*(?: [A-Z]\\w*)*`, 'gu');

/** One that says itself where it ends. */
const QUOTED = new RegExp(`(["'‘“\`])(?:${ROOT})[^"'’”\`\\n]*(?=["'’”\`])`, 'gu');

/** Beside what is named already. */
const IN_BRACKETS = / ?\([^()]*\)/g;

export const withoutPaths = (text: string): string =>
  text
    .replace(IN_BRACKETS, (whole) => (/\/\/|[\\/]\S+[\\/]/.test(whole) ? '' : whole))
    .replace(QUOTED, '$1…')
    .replace(PATH, '…');
