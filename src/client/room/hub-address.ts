/** What somebody typed, or pasted, where the workshop's address is due. */
export interface HubAddress {
  /** `http://192.168.0.7:4330` */
  readonly hub: string;
  /** In it, where it is the printed address of a presenter. */
  readonly token: string | undefined;
  /** In it, where it is the address that a participant opens. */
  readonly code: string | undefined;
}

const TOKEN = /^[\w-]{43}$/;

/** Of a hub that was given no other. */
const PORT = '4330';

/** `undefined` where it is none. */
export const readHubAddress = (typed: string): HubAddress | undefined => {
  const text = typed.trim();
  // As one reads it off a screen: without its scheme, and perhaps without the usual port.
  const hasScheme = /^https?:\/\//i.test(text);
  const url = URL.parse(hasScheme ? text : `http://${text}`);
  if (url === null || text === '' || /\s/.test(text) || url.username !== '') return undefined;
  const token = url.searchParams.get('token') ?? '';
  const code = url.searchParams.get('code') ?? undefined;
  // A link was made by a hub, which knows its port. A port that a scheme has anyhow, `URL` drops.
  const isWhole = hasScheme || code !== undefined || TOKEN.test(token);
  if (!isWhole && !/^[^/?#]*:\d+(?:[/?#]|$)/.test(text)) url.port = PORT;
  return { hub: url.origin, token: TOKEN.test(token) ? token : undefined, code };
};

/** Of 26 letters: nobody types it. */
export const isOfLink = (code: string): boolean => readCode(code)?.length === 26;

/**
 * As it is sent, of a code or a link with one in it. Letters may be as wide as a Korean keyboard makes
 * them, and any dash or blank stand between. Characters are not taken for others: `O` is a zero, `I` and
 * `L` a one.
 */
export const readCode = (typed: string): string | undefined => {
  const code = (readHubAddress(typed)?.code ?? typed)
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}\p{Cf}\u2212]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return /^([0-9A-HJKMNP-TV-Z]{8}|[0-9A-HJKMNP-TV-Z]{26})$/.test(code) ? code : undefined;
};
