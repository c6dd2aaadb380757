/** What a process that is measured tells of itself, when its parent asks. */
export interface Usage {
  /** Milliseconds of a core, since it began. */
  readonly cpu: number;
  /** Bytes. */
  readonly resident: number;
}

export const answerUsage = (): void => {
  process.on('message', () => {
    // Otherwise what is garbage counts as what a participant needs.
    globalThis.gc?.();
    const { user, system } = process.cpuUsage();
    const usage: Usage = { cpu: (user + system) / 1000, resident: process.memoryUsage.rss() };
    process.send?.(usage);
  });
};
