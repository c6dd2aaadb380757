/**
 * Waits until `ready` gives something other than `undefined` or `false`, and gives that.
 *
 * @throws after `deadline` ms, naming what was waited for.
 */
export const waitFor = async <T>(
  reason: string,
  ready: () => T | undefined | false | Promise<T | undefined | false>,
  deadline = 10_000,
): Promise<T> => {
  const until = performance.now() + deadline;
  for (;;) {
    const value = await ready();
    if (value !== undefined && value !== false) return value;
    if (performance.now() > until) throw new Error(`waited ${deadline} ms in vain: ${reason}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
