/** A tab that comes to show another class than before says so: nobody is to take one for the other. */

const KEY = 'class-replaced';

/** Its page is loaded anew, and knows nothing of it otherwise. */
export const noteReplaced = (name: string): void => sessionStorage.setItem(KEY, name);

/** The class that this tab showed before, once. */
export const takeReplaced = (): string | undefined => {
  const name = sessionStorage.getItem(KEY) ?? undefined;
  sessionStorage.removeItem(KEY);
  return name;
};
