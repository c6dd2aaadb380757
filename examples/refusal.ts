import { UsageError } from './arguments.ts';

/** A refusal for the reader: what Kafka or this program will not do, and why. Exit code 1. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/**
 * Runs a program to its end; its refusals are sentences, everything else is a defect with its stack.
 *
 * Ends the process then, whatever is still open: kafkajs may be trying to connect, and after a broker
 * was away it keeps connections that it has forgotten (seen to hold a consumer that had left).
 */
export const run = async (program: () => Promise<void>): Promise<never> => {
  try {
    await program();
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof UsageError)) throw error;
    console.error(error.message);
    process.exit(error instanceof UsageError ? 2 : 1);
  }
  process.exit();
};
