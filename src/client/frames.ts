import type { OutputHeader, ServerMessage } from '../../server/protocol.ts';

const NEWLINE = 0x0a;

export interface OutputFrame {
  readonly header: OutputHeader;
  readonly bytes: Uint8Array;
}

/** Takes apart a binary frame; the bytes are a view of it, not a copy. */
export const decodeOutput = (frame: ArrayBuffer): OutputFrame | undefined => {
  const whole = new Uint8Array(frame);
  const end = whole.indexOf(NEWLINE);
  if (end === -1) return undefined;
  const header = decodeJson<OutputHeader>(new TextDecoder().decode(whole.subarray(0, end)));
  return header?.type === 'run.output' ? { header, bytes: whole.subarray(end + 1) } : undefined;
};

/** A text frame. What is not JSON is nothing; a type this page does not know is for others. */
export const decodeMessage = (frame: string): ServerMessage | undefined => decodeJson(frame);

/** The sidecar is the page's own origin and checks what it sends: shapes are not checked again. */
const decodeJson = <T>(text: string): T | undefined => {
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
};
