/** Pages that have not said yet who they are. Nobody's silence keeps others out. */

/** Milliseconds a page has for that: an honest one says it with its first word. */
export const PATIENCE = 30_000;

/**
 * At once, of one address and of all: half of the connections that the hub takes. A class of a thousand,
 * many with a second screen, sits behind one address, and all come back in the same second.
 */
export const WAITING = { address: 2_000, all: 3_000 };

export interface Lobby {
  /**
   * @param turnAway called once, when this page has waited for too long; or too many wait, and it for
   *   longest: whoever has just come is the likeliest to speak next.
   * @returns how it comes in, or goes.
   */
  wait(address: string, turnAway: () => void): () => void;
}

export const createLobby = (): Lobby => {
  /** By address, whoever came first, first. */
  const waiting = new Map<string, Set<() => void>>();
  let all = 0;

  const turnAwayOne = ([longest]: Iterable<() => void>): void => longest?.();

  return {
    wait: (address, turnAway) => {
      const own = waiting.get(address) ?? new Set();
      waiting.set(address, own);
      const go = (): void => {
        clearTimeout(patience);
        if (!own.delete(leave)) return;
        all -= 1;
        if (own.size === 0) waiting.delete(address);
      };
      const leave = (): void => {
        go();
        turnAway();
      };
      const patience = setTimeout(leave, PATIENCE);
      own.add(leave);
      all += 1;
      if (own.size > WAITING.address) turnAwayOne(own);
      else if (all > WAITING.all) {
        // Of where most wait: many from one place are not a few from many.
        const [most = own] = [...waiting.values()].sort((left, right) => right.size - left.size);
        turnAwayOne(most);
      }
      return go;
    },
  };
};
