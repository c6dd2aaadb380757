/** Which topics this page is about: those that its commands name. */

/** Once, until a command changes. */
let named: ReadonlySet<string> | undefined;

export const isOfPage = (topic: string): boolean => {
  named ??= new Set(
    [...document.querySelectorAll('lab-step .ec-line .code')].flatMap((line) =>
      (line.textContent ?? '').split(/\s+/),
    ),
  );
  return named.has(topic);
};

/** The reader has put another value into a command. */
export const forgetTopics = (): void => {
  named = undefined;
};
