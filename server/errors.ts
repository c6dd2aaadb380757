/** The errors that reach a reader. Everything else that is thrown is a defect, and is logged. */
import type { ErrorCode } from './protocol.ts';

/** A refusal in plain Korean: what happened and what to do. Nothing ran, or nothing was left half-done. */
export class LabError extends Error {
  override readonly name = 'LabError';
  readonly code: LabErrorCode;

  constructor(code: LabErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * `usage`: not a command of this lab (exit code 2 in a terminal).
 * `unavailable`: the lab cannot be reached or cannot start (3).
 * The rest are the words of the wire.
 */
export type LabErrorCode = 'usage' | 'unavailable' | ErrorCode;
