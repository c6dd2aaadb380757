/**
 * Does `work`, which never rejects, whenever it is asked for, one at a time: asked for while it is
 * under way, it does it once more, however often that was. Each costs the engine a request or a process.
 */
export const oneAtATime = (work: () => Promise<void>): (() => void) => {
  let underWay = false;
  let again = false;
  const run = async (): Promise<void> => {
    underWay = true;
    do {
      again = false;
      await work();
    } while (again);
    underWay = false;
  };
  return () => {
    again = true;
    if (!underWay) void run();
  };
};
