/** How an event of a program travels in its text. Apart from the schema, which only the page needs. */
import type { ProgramEvent } from './program-events.ts';

/** The number of the escape sequence (OSC). No terminal known to us has a use for it. */
export const OSC = 5379;

/**
 * Set by the sidecar to the run's id, where a page draws; in a terminal of one's own programs only
 * write text. Whoever writes a message that a program prints does not know it.
 */
export const EVENTS_OF = 'LAB_EVENTS';

/** In the JSON of an event there is nothing that could end it early: numbers, and words of ASCII. */
export const encodeEvent = (run: string, event: ProgramEvent): string =>
  `\x1b]${OSC};${run};${JSON.stringify(event)}\x07`;
