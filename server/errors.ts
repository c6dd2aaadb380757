/** The errors that reach a reader. Everything else that is thrown is a defect, and is logged. */
import type { ErrorCode } from './protocol.ts';

/** A refusal in plain Korean: what happened and what to do. Nothing was left half-done. */
export class LabError extends Error {
  override readonly name = 'LabError';
  readonly code: ErrorCode;
  /** The step that the reader should go to. */
  readonly step: string | undefined;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions & { step?: string }) {
    super(message, options);
    this.code = code;
    this.step = options?.step;
  }
}
