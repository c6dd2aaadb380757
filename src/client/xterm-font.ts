/** Milliseconds that output waits for its font. */
const PATIENCE = 1_000;

const LATIN_AND_HANGUL = 'W가';

/** Loads the terminal's font, or gives up waiting. Resolves to whether it can be drawn with now. */
export const loadFont = async (family: string): Promise<boolean> => {
  const first = family.split(',')[0] ?? family;
  const late = new Promise<false>((resolve) => setTimeout(resolve, PATIENCE, false));
  const loaded = document.fonts.load(`16px ${first}`, LATIN_AND_HANGUL).then(
    () => true,
    () => false,
  );
  return Promise.race([loaded, late]);
};
