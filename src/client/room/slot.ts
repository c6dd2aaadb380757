/** A value that the browser keeps, or this page where it keeps nothing. */
import { isStorageFull } from '../storage-full.ts';

export interface Slot<T> {
  read(): T | undefined;
  /** `undefined` forgets it. */
  write(value: T | undefined): void;
  /** Whether it is still there when the page is not. */
  readonly isKept: boolean;
  /** It is not, since there is no room for it. */
  readonly isFull: boolean;
}

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/**
 * @param storage throws, or is full, where the browser keeps nothing for this site.
 * @param isWhole whether what was found is such a value: somebody else may have written there.
 */
export const createSlot = <T>(
  key: string,
  storage: () => Store,
  isWhole: (found: Partial<T>) => boolean,
): Slot<T> => {
  let page: T | undefined;
  let isKept = true;
  let isFull = false;
  return {
    get isKept() {
      return isKept;
    },
    get isFull() {
      return isFull;
    },
    read: () => {
      if (!isKept) return page;
      try {
        const found = JSON.parse(storage().getItem(key) ?? 'null') as Partial<T> | null;
        return found !== null && isWhole(found) ? (found as T) : undefined;
      } catch (error) {
        // What is there is no JSON, or nobody may look.
        isKept = error instanceof SyntaxError;
        return page;
      }
    },
    write: (value) => {
      page = value;
      try {
        if (value === undefined) storage().removeItem(key);
        else storage().setItem(key, JSON.stringify(value));
        isKept = true;
        isFull = false;
      } catch (error) {
        isKept = false;
        isFull = isStorageFull(error);
      }
    },
  };
};
