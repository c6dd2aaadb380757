import type { Container } from './lab.ts';

/** `up` has waited for a cluster that did not come. */
export class NotReady extends Error {
  override readonly name = 'NotReady';
  /** Those whose logs tell why. */
  readonly containers: readonly Container[];

  constructor(message: string, containers: readonly Container[]) {
    super(message);
    this.containers = containers;
  }
}
