/** Names of folders tell who somebody is: of them, nothing leaves this computer. */
const PATH = /(?:[A-Za-z]:\\|(?:\w+:)?\/+|~\/|\\\\)[^\s()'",]*/g;

export const withoutPaths = (text: string): string =>
  text
    .replace(/ ?\([^()]*\)/g, (whole) => (whole.search(PATH) === -1 ? whole : ''))
    .replace(/(?<!\S)(?:[A-Za-z]:\\|\/|~\/|\\\\)[^\s()'",]*[\\/][^\s()'",]*/g, '…');
