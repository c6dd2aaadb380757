/**
 * What Node is told of the hub's memory. For a rush of words V8 takes 134 MB for what is new, and keeps them
 * empty: of a thousand people, four times as much as all that is known of them.
 */
export const HEAP = ['--max-semi-space-size=2'] as const;
