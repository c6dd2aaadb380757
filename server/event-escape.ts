/** How an event of a program travels in its text. Apart from the schema, which only the page needs. */
import type { ProgramEvent } from './program-events.ts';

/** The number of the escape sequence (OSC). No terminal known to us has a use for it. */
export const OSC = 5379;

/** Set by the sidecar, where a page draws; in a terminal of one's own programs only write text. */
export const EVENTS_ON = 'LAB_EVENTS';

/** In the JSON of an event there is nothing that could end it early: numbers, and words of ASCII. */
export const encodeEvent = (event: ProgramEvent): string =>
  `\x1b]${OSC};${JSON.stringify(event)}\x07`;
