/** Small texts by name, kept in this browser; for this page only where it keeps nothing. */

export interface Kept {
  get(name: string): string | undefined;
  /** `undefined` forgets it. */
  set(name: string, text: string | undefined): void;
  clear(): void;
}

/**
 * @param key of this site's storage: all of them in one.
 * @param storage throws, or is full, where the browser keeps nothing for this site.
 */
export const createKept = (
  key: string,
  storage: () => Pick<Storage, 'getItem' | 'setItem'> = () => localStorage,
): Kept => {
  let page: Readonly<Record<string, string>> = {};
  let isKept = true;
  /** Another tab may have written since. */
  const read = (): Readonly<Record<string, string>> => {
    if (!isKept) return page;
    try {
      return parse(storage().getItem(key));
    } catch {
      isKept = false;
      return page;
    }
  };
  const write = (all: Readonly<Record<string, string>>): void => {
    page = all;
    try {
      storage().setItem(key, JSON.stringify(page));
      isKept = true;
    } catch {
      isKept = false;
    }
  };
  return {
    get: (name) => {
      const all = read();
      return Object.hasOwn(all, name) ? all[name] : undefined;
    },
    set: (name, text) => {
      const { [name]: _, ...others } = read();
      write(text === undefined ? others : { ...others, [name]: text });
    },
    clear: () => write({}),
  };
};

/** What somebody else has written there is nothing. */
const parse = (text: string | null): Record<string, string> => {
  try {
    const found: unknown = JSON.parse(text ?? '{}');
    if (typeof found !== 'object' || found === null) return {};
    return Object.fromEntries(Object.entries(found).filter(([, each]) => typeof each === 'string'));
  } catch {
    return {};
  }
};
