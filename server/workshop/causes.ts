/** What counts as one cause: reasons of most kinds are the same wherever they are met. */

/** Of these, each step has causes of its own. */
const OF_A_STEP: ReadonlySet<string> = new Set(['check', 'exit', 'other', 'unknown']);

/** @param kind a reason's. */
export const isOfAStep = (kind: string): boolean => OF_A_STEP.has(kind);
