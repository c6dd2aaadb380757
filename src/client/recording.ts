import type { RecordingHeader } from '../../server/lessons/recording.ts';
import type { ServerMessage, TopicKeys } from '../../server/protocol.ts';
import { siteUrl } from './site-url.ts';

/** What a page is given of a recording, when it is due. */
export type RecordedEvent = { readonly at: number } & (
  | { readonly kind: 'output'; readonly step: string; readonly text: string }
  | { readonly kind: 'message'; readonly message: ServerMessage }
  | { readonly kind: 'keys'; readonly topic: string; readonly keys: TopicKeys }
);

export interface Recording {
  readonly header: RecordingHeader;
  readonly events: readonly RecordedEvent[];
  /** The run in it, by the id that it had then. */
  readonly run: string;
}

export type RecordingPart = 'run' | 'end';

/** Of the format, asciicast. */
const VERSION = 3;

/** By how its file is named, `undefined` where there is none. */
export const fetchRecording = async (
  step: string,
  part: RecordingPart,
): Promise<Recording | undefined> => {
  const suffix = part === 'end' ? '.end' : '';
  const response = await fetch(siteUrl(`recordings/${step}${suffix}.cast`));
  return response.ok ? readRecording(await response.text(), step) : undefined;
};

/** @throws where it is no recording of that step. */
export const readRecording = (text: string, step: string): Recording => {
  const [first = '', ...lines] = text.trimEnd().split('\n');
  const header = JSON.parse(first) as RecordingHeader;
  if (header.version !== VERSION) throw new Error(`asciicast ${header.version}, not ${VERSION}`);
  let at = 0;
  const events = lines.map((line) => {
    const [interval, code, data] = JSON.parse(line) as [number, string, string];
    at += interval * 1_000;
    return readEvent(at, code, data, step);
  });
  const own = events.find(
    (event) =>
      event.kind === 'message' &&
      event.message.type === 'run.status' &&
      event.message.step === step,
  );
  if (header.step !== step || own?.kind !== 'message' || own.message.type !== 'run.status')
    throw new Error(`no recording of ${step}`);
  return { header, events, run: own.message.run };
};

const readEvent = (at: number, code: string, data: string, step: string): RecordedEvent => {
  switch (code) {
    case 'o':
      return { at, kind: 'output', step, text: data };
    case 'b': {
      const [other, text] = JSON.parse(data) as [string, string];
      return { at, kind: 'output', step: other, text };
    }
    case 'k': {
      const [topic, keys] = JSON.parse(data) as [string, TopicKeys];
      return { at, kind: 'keys', topic, keys };
    }
    case 's':
      return { at, kind: 'message', message: JSON.parse(data) as ServerMessage };
    default:
      throw new Error(`no event of a recording: ${code}`);
  }
};
