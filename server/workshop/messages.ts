/** Frames of a page to messages of the protocol, or to what is wrong with them. */
import { z } from 'zod';
import type { OutputHeader } from '../protocol.ts';
import { type Refusal, SharedOutput } from './protocol.ts';

/** Bytes: a run's id, and a number. */
const HEADER = 200;

const WithId = z.object({ id: z.uuid().lowercase() });

type Read<T> =
  | { readonly message: T; readonly problem?: never; readonly id?: never }
  | {
      readonly message?: never;
      readonly problem: Extract<Refusal, 'bad-message' | 'not-yours'>;
      /** Of the message, if it had one: so that it is not sent again. */
      readonly id?: string | undefined;
    };

/** `others`: what somebody else may say, and this page may not. */
export const readMessage = <T>(text: string, schema: z.ZodType<T>, others: z.ZodType): Read<T> => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'bad-message' };
  }
  const read = schema.safeParse(value);
  if (read.success) return { message: read.data };
  const problem = others.safeParse(value).success ? 'not-yours' : 'bad-message';
  return { problem, id: WithId.safeParse(value).data?.id };
};

export const readOutput = (frame: Uint8Array): OutputHeader | undefined => {
  const end = frame.subarray(0, HEADER).indexOf(10);
  if (end === -1) return undefined;
  try {
    return SharedOutput.parse(JSON.parse(Buffer.from(frame.subarray(0, end)).toString()));
  } catch {
    return undefined;
  }
};
