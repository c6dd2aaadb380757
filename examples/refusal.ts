import { UsageError } from './arguments.ts';

/** A refusal for the reader: what Kafka or this program will not do, and why. Exit code 1. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** Runs a program; its refusals are sentences, everything else is a defect with its stack. */
export const run = async (program: () => Promise<void>): Promise<void> => {
  try {
    await program();
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof UsageError)) throw error;
    console.error(error.message);
    // At once: kafkajs may still be trying to connect.
    process.exit(error instanceof UsageError ? 2 : 1);
  }
};
