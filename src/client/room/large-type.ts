/** Type that is read from the last row: larger, and nothing beside the lesson. As long as the tab presents. */
const REMEMBERED = 'lab:large';

export interface LargeType {
  readonly on: boolean;
  set(on: boolean): void;
}

export const createLargeType = (): LargeType => {
  const { dataset } = document.documentElement;
  if (sessionStorage.getItem(REMEMBERED) !== null) dataset.large = '';
  return {
    get on() {
      return dataset.large !== undefined;
    },
    set: (on) => {
      if (on) {
        dataset.large = '';
        sessionStorage.setItem(REMEMBERED, '');
      } else {
        delete dataset.large;
        sessionStorage.removeItem(REMEMBERED);
      }
    },
  };
};
