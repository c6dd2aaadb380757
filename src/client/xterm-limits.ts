import type { ILinkHandler, Terminal as Xterm } from '@xterm/xterm';

/**
 * What a program's output must not do to the page. xterm itself keeps window operations off
 * (`windowOptions`) and knows no clipboard escape; OSC 52 is swallowed all the same, so that it
 * stays so.
 */
export const limitOutput = ({ parser }: Xterm): void => {
  const swallow = (): boolean => true;
  parser.registerOscHandler(52, swallow);

  // The terminal answers no questions (where is the cursor, which colours, which model): an answer
  // arrives as if typed, and each replay after a reload would type it again.
  for (const final of ['n', 'c']) {
    for (const prefix of ['', '?', '>', '='])
      parser.registerCsiHandler(id({ prefix, final }), swallow);
  }
  for (const prefix of ['', '?']) {
    parser.registerCsiHandler({ ...id({ prefix, final: 'p' }), intermediates: '$' }, swallow);
  }
  parser.registerDcsHandler({ intermediates: '$', final: 'q' }, swallow);
  for (const colour of [4, 10, 11, 12]) {
    parser.registerOscHandler(colour, (data) => data.includes('?'));
  }
};

const id = ({ prefix, final }: { prefix: string; final: string }) =>
  prefix === '' ? { final } : { prefix, final };

/** Opens addresses of the web, in a page that knows nothing of this one. */
export const openLink = (_event: MouseEvent, address: string): void => {
  if (/^https?:\/\//i.test(address)) window.open(address, '_blank', 'noopener,noreferrer');
};

/** Links that a program marks as such (OSC 8), whose text need not be their address. */
export const linkHandler: ILinkHandler = { activate: openLink, allowNonHttpProtocols: false };
