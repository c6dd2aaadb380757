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

/** Something has begun, and nobody can say how it went on. */
export class OutcomeUnknown extends LabError {
  constructor(message: string, options?: ErrorOptions) {
    super('unavailable', message, options);
  }
}

export const notWritable = (folder: string, cause: unknown): LabError =>
  new LabError(
    'unavailable',
    `${folder} 폴더에 쓸 수 없습니다. 디스크에 빈 공간이 있는지, 폴더에 쓸 권한이 있는지 확인하거나 LAB_HOME으로 다른 폴더를 정해 주세요.`,
    { cause },
  );
