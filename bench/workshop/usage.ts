/** What a process that is measured tells of itself, when its parent asks. */
export interface Usage {
  /** Milliseconds of a core, since it began. */
  readonly cpu: number;
  /** Bytes, with what the system has given and nobody uses now. */
  readonly resident: number;
  /** Bytes of them that JavaScript needs. */
  readonly held: number;
}

export const answerUsage = (): void => {
  process.on('message', () => {
    // Otherwise what is garbage counts as what a participant needs, and code that went later as what none did.
    globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
    const { user, system } = process.cpuUsage();
    const { rss: resident, heapUsed, external } = process.memoryUsage();
    const usage: Usage = { cpu: (user + system) / 1000, resident, held: heapUsed + external };
    process.send?.(usage);
  });
};
