/** Calls back when the reader switches between light and dark. Returns how to stop. */
export const watchTheme = (handleChange: () => void): (() => void) => {
  const observer = new MutationObserver(handleChange);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
};
