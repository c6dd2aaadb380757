/**
 * A step as it once ran: `content/03-failures/recordings/stop-kafka1.cast`. An asciicast (version 3),
 * which any player of those shows, with events of ours in it: what the page was told meanwhile. Their
 * data is JSON in a string, since the format knows strings only.
 */
import { z } from 'zod';
import { ServerMessage, TopicKeys, TopicName } from '../protocol.ts';

export const RecordingHeader = z.strictObject({
  version: z.literal(3),
  term: z.strictObject({ cols: z.int().positive(), rows: z.int().positive() }),
  /** Seconds since 1970. */
  timestamp: z.int().positive(),
  title: z.string(),
  /** The step's commands, as the page shows them. */
  command: z.string(),
  /** `chapter/id`. */
  step: z.string(),
  /** What the step was then: with other commands, this is no recording of it. */
  edition: z.string(),
  /** Versions of what it ran on. */
  made: z.strictObject({ kafka: z.string(), docker: z.string() }),
});

/** Seconds since the event before. */
const interval = z.number().nonnegative();

const json = <T extends z.ZodType>(schema: T) =>
  z.string().refine((text) => schema.safeParse(JSON.parse(text)).success);

const RecordingEvent = z.union([
  /** The step has printed this. */
  z.tuple([interval, z.literal('o'), z.string()]),
  /** A run of another step, which goes on beside it, has printed this. */
  z.tuple([interval, z.literal('b'), json(z.tuple([z.string(), z.string()]))]),
  /** The page was told this. */
  z.tuple([interval, z.literal('s'), json(ServerMessage)]),
  /** The last keys of a topic were these. */
  z.tuple([interval, z.literal('k'), json(z.tuple([TopicName, TopicKeys]))]),
]);

export type RecordingHeader = z.infer<typeof RecordingHeader>;
export type RecordingEvent = z.infer<typeof RecordingEvent>;

export interface Recording {
  readonly header: RecordingHeader;
  readonly events: readonly RecordingEvent[];
}

/** @throws ZodError or SyntaxError for what is no recording. */
export const parseRecording = (text: string): Recording => {
  const [header = '', ...events] = text.trimEnd().split('\n');
  return {
    header: RecordingHeader.parse(JSON.parse(header)),
    events: events.map((line) => RecordingEvent.parse(JSON.parse(line))),
  };
};

export const formatRecording = ({ header, events }: Recording): string =>
  [header, ...events].map((line) => `${JSON.stringify(line)}\n`).join('');
