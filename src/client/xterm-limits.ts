import type { ILinkHandler, Terminal as Xterm } from '@xterm/xterm';

type Id = Parameters<Xterm['parser']['registerCsiHandler']>[0];

/** What is done to as many lines, or cells, as the sequence says: xterm counts to two billion. */
const COUNTED: Readonly<Record<'rows' | 'cols', readonly Id[]>> = {
  rows: ['L', 'M', 'S', 'T'].map((final) => ({ final })),
  cols: [
    ...['@', 'P', 'X', 'b', 'I', 'Z'].map((final) => ({ final })),
    ...['@', 'A'].map((final) => ({ intermediates: ' ', final })),
    ...['}', '~'].map((final) => ({ intermediates: "'", final })),
  ],
};

/**
 * Private modes in which a terminal tells the program what the reader does with the mouse and the
 * window, as if it had been typed; and the second screen, on which the wheel types arrows.
 */
const MODES: ReadonlySet<unknown> = new Set([
  ...[9, 1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1015, 1016],
  ...[47, 1047, 1049],
]);

/**
 * What a program's output must not do to the page. xterm itself keeps window operations off
 * (`windowOptions`) and knows no clipboard escape; OSC 52 is swallowed all the same, so that it
 * stays so.
 */
export const limitOutput = (xterm: Xterm): void => {
  const { parser } = xterm;
  const swallow = (): boolean => true;
  parser.registerOscHandler(52, swallow);

  // No program has use for more than the screen holds, and a record that freezes the page would do
  // so again at each visit.
  const breathe = createBreath();
  for (const most of ['rows', 'cols'] as const) {
    for (const each of COUNTED[most])
      parser.registerCsiHandler(each, ([count]) => Number(count) > xterm[most] || breathe());
  }
  parser.registerCsiHandler(id({ prefix: '?', final: 'h' }), (modes) =>
    modes.some((mode) => MODES.has(mode)),
  );

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

/** Milliseconds of such sequences after which the page has its turn. */
const BREATH = 30;

/** Each may take a thousand times as long as the few bytes it comes in. */
const createBreath = () => {
  let since = performance.now();
  return (): false | Promise<false> => {
    if (performance.now() - since < BREATH) return false;
    return new Promise((resolve) => {
      setTimeout(() => {
        since = performance.now();
        resolve(false);
      });
    });
  };
};

const id = ({ prefix, final }: { prefix: string; final: string }): Id =>
  prefix === '' ? { final } : { prefix, final };

/** Opens addresses of the web, in a page that knows nothing of this one. */
export const openLink = (_event: MouseEvent, address: string): void => {
  if (/^https?:\/\//i.test(address)) window.open(address, '_blank', 'noopener,noreferrer');
};

/** Links that a program marks as such (OSC 8), whose text need not be their address. */
export const linkHandler: ILinkHandler = { activate: openLink, allowNonHttpProtocols: false };
