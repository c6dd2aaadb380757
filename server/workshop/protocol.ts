/**
 * The contract between a page and the hub of a workshop. Both sides take their types from here; the
 * page takes types only. The hub's socket is `/api/room`; a page with a lab of its own reaches it
 * through its sidecar, which opens it with `RelayOpen` and understands nothing else.
 *
 * Text frames carry one JSON message each. Output travels as in the sidecar's protocol: one line of
 * JSON (`SharedOutput`), `\n`, the bytes.
 */
import { z } from 'zod';
import {
  Finding,
  Outcome,
  OutputHeader,
  RunId,
  RunStatus,
  ServerMessage,
  StepId,
} from '../protocol.ts';
import { legible, TYPED } from './typed.ts';

/** A person in a room, as the hub names them. */
export const ParticipantId = z.uuid().lowercase();

/** Made by the page: what is reported again under the same id counts once. */
const ReportId = z.uuid().lowercase();

/** Of a computer's own words. */
const told = (max: number) => z.string().min(1).max(max).transform(legible);

const words = (max: number) => z.string().trim().min(1).max(max, { abort: true }).regex(TYPED);

/** Characters of JavaScript. */
export const NAME_LENGTH = 20;

export const Nickname = words(NAME_LENGTH);

/** `ABCD-EFGH`, in whatever case it was typed; or the 26 letters of a link. */
export const JoinCode = z
  .string()
  .toUpperCase()
  .regex(/^([0-9A-HJKMNP-TV-Z]{4}-?[0-9A-HJKMNP-TV-Z]{4}|[0-9A-HJKMNP-TV-Z]{26})$/)
  .transform((code) => code.replace('-', ''));

/** Milliseconds since 1970, when it was opened: another class at the same address has another. */
const RoomId = z.number();

const ResumeToken = z.string().regex(/^[\w-]{43}$/);

/** Other classes of one hub that a browser stays in. */
export const OTHERS = 10;

/** Of somebody who is in other classes here, too: this may be one of them. */
const Others = z.array(ResumeToken).max(OTHERS).optional();

/** `none`: reads, follows and plays recordings. */
const LabName = z.enum(['local', 'docker', 'none']);

const Chapter = z.string().regex(/^[a-z][a-z0-9-]{0,60}$/);

/** Where the class is: a step, or the top of a chapter. */
const Place = z.strictObject({
  chapter: Chapter,
  step: StepId.nullable(),
});

/** Why a step did not pass: `kind` groups what has one cause, `text` is for people. Korean. */
export const Reason = z.strictObject({
  kind: z.string().regex(/^[a-z-]{1,40}$/),
  text: told(300),
});

/** `refused`: it was clicked, and did not begin. */
const StepStatus = z.enum([...RunStatus.shape.status.options, 'refused']);

/** What a participant tells of themselves. */
export const Report = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('progress'),
    step: StepId,
    run: RunId,
    status: StepStatus,
    /** It has passed and still runs, as of the run itself. Absent: it does not. */
    background: RunStatus.shape.background.optional(),
    reason: Reason.nullable(),
  }),
  /** What `doctor` found. */
  z.strictObject({
    kind: z.literal('preflight'),
    findings: z
      .array(
        z.strictObject({
          kind: Finding.shape.kind,
          good: z.boolean(),
          text: told(300),
        }),
      )
      .max(20),
  }),
  /** Help wanted, or not any more. */
  z.strictObject({ kind: z.literal('hand'), up: z.boolean(), step: StepId.nullable() }),
  z.strictObject({ kind: z.literal('vote'), poll: z.uuid(), value: z.string().min(1).max(60) }),
]);

/** What the presenter does. */
export const Command = z.discriminatedUnion('kind', [
  /** All pages that follow go there. */
  z.strictObject({ kind: z.literal('move'), to: Place }),
  z.strictObject({ kind: z.literal('announce'), text: words(300).nullable() }),
  /** `seconds` from now; `null` ends it. */
  z.strictObject({
    kind: z.literal('timer'),
    seconds: z
      .int()
      .min(10)
      .max(3 * 3600)
      .nullable(),
    label: z.string().trim().max(60),
  }),
  z.strictObject({
    kind: z.literal('poll'),
    poll: z.uuid(),
    step: StepId.nullable(),
    question: words(200),
    options: z
      .array(z.strictObject({ value: z.string().min(1).max(60), label: words(100) }))
      .min(2)
      .max(8),
  }),
  z.strictObject({ kind: z.literal('poll-end'), poll: z.uuid() }),
  /** What has happened in the presenter's lab: the first word counts, of a poll that has ended. */
  z.strictObject({
    kind: z.literal('poll-outcome'),
    poll: z.uuid(),
    /** One of the options; `null` where nobody can say. */
    value: z.string().min(1).max(60).nullable(),
    reason: z.string().max(300).transform(legible),
  }),
  /** A hand that is up is somebody's now. */
  z.strictObject({ kind: z.literal('claim'), participant: ParticipantId }),
  z.strictObject({ kind: z.literal('help-done'), participant: ParticipantId }),
]);

/** From a participant's page. */
export const ParticipantMessage = z.discriminatedUnion('type', [
  /** The first: with a code, or as somebody who was here before. */
  z.strictObject({
    type: z.literal('room.join'),
    code: JoinCode,
    nickname: Nickname,
    lab: LabName,
    others: Others,
  }),
  z.strictObject({
    type: z.literal('room.resume'),
    token: ResumeToken,
    lab: LabName,
    room: RoomId.optional(),
    others: Others,
  }),
  z.strictObject({ type: z.literal('room.report'), id: ReportId, report: Report }),
  /** Send the presenter's runs and cluster, until it is said otherwise. */
  z.strictObject({
    type: z.literal('room.mirror'),
    on: z.boolean(),
    /** Of runs, only this one's: a page shows no other. */
    chapter: Chapter.optional(),
  }),
  /** This run's output may be looked at, or may not any more. */
  z.strictObject({
    type: z.literal('room.share'),
    run: RunId,
    step: StepId,
    on: z.boolean(),
    /** It ends as the step was run again. */
    anew: z.literal(true).optional(),
  }),
  /** There is no look now: they would rather not, or have run nothing yet. */
  z.strictObject({ type: z.literal('room.decline'), why: z.enum(['refused', 'nothing']) }),
  /** Forgets this person, and all that they told. */
  z.strictObject({ type: z.literal('room.leave') }),
]);

/** From a presenter's page. */
export const PresenterMessage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('room.command'), id: ReportId, command: Command }),
  /** As if they had left: they come back with the code alone. */
  z.strictObject({ type: z.literal('room.remove'), id: ReportId, participant: ParticipantId }),
  /** All who are not connected. */
  z.strictObject({ type: z.literal('room.remove-away') }),
  /**
   * All who have joined since then, connected or not; and another code, as they know this one.
   * Milliseconds since 1970, by the hub's clock.
   */
  z.strictObject({ type: z.literal('room.remove-since'), since: z.int().min(0) }),
  /** Another code, at once. */
  z.strictObject({ type: z.literal('room.renew') }),
  /** What the presenter's own lab tells their page. */
  z.strictObject({ type: z.literal('room.show'), message: ServerMessage }),
  /** May I look? */
  z.strictObject({ type: z.literal('room.ask'), participant: ParticipantId }),
  /** I have seen enough. */
  z.strictObject({ type: z.literal('room.look-end'), participant: ParticipantId }),
]);

/** The first line of a binary frame, both ways: the presenter's run, or one that somebody shares. */
export const SharedOutput = OutputHeader;

const Poll = z.strictObject({
  poll: z.uuid(),
  step: StepId.nullable(),
  question: z.string(),
  options: z.array(z.strictObject({ value: z.string(), label: z.string() })),
  /** By value, how many; `null` for participants until it has ended. */
  counts: z.record(z.string(), z.int()).nullable(),
  open: z.boolean(),
  /** `null` until it is known, and where it is about nothing that happens. */
  outcome: Outcome.nullable(),
  /** It has ended, and the class has gone on since; left out by an edition before. */
  past: z.boolean().optional(),
});

/** What every participant sees of the room: the presenter's state, and of others nothing. */
export const RoomView = z.strictObject({
  type: z.literal('room.view'),
  name: z.string(),
  place: Place.nullable(),
  /** Counts the presenter's moves: two to the same place are two. */
  moves: z.int().nonnegative(),
  /** `at`: when it was said, which tells it from the same words said again. Milliseconds since 1970. */
  announcement: z.strictObject({ text: z.string(), at: z.number() }).nullable(),
  /** `until` by the hub's clock, which says `now`: milliseconds since 1970. */
  timer: z.strictObject({ until: z.number(), label: z.string() }).nullable(),
  now: z.number(),
  poll: Poll.nullable(),
  /** Whether a page of the presenter's is connected. */
  presented: z.boolean(),
  /** Whether one of them shows what its lab does; left out while it may be about to. */
  shown: z.boolean().optional(),
  /** A step that the presenter runs where the class is not; `null`, or left out, where there is none. */
  elsewhere: StepId.nullable().optional(),
  /** One that has ended there a moment ago, likewise. */
  ran: StepId.nullable().optional(),
});

const Refusal = z.enum([
  'bad-message',
  'wrong-code',
  'too-many-codes',
  'too-many',
  'too-much',
  'expired',
  'unknown',
  'another-class',
  'closed',
  'removed',
  'full',
  'not-yours',
]);

/** To every page. */
export const HubMessage = z.discriminatedUnion('type', [
  /** The answer to `room.join` and `room.resume`. */
  z.strictObject({
    type: z.literal('room.joined'),
    participant: ParticipantId,
    nickname: z.string(),
    token: ResumeToken,
    room: RoomId,
    /** What the room knows of this person: their hand, and their last vote. */
    hand: z.enum(['up', 'claimed', 'down']),
  }),
  RoomView,
  /** It is in the log, and stays there; or is a vote that came too late. */
  z.strictObject({ type: z.literal('room.ack'), id: ReportId }),
  z.strictObject({
    type: z.literal('room.refused'),
    code: Refusal,
    message: z.string(),
    id: ReportId.optional(),
  }),
  z.strictObject({ type: z.literal('room.hand'), state: z.enum(['up', 'claimed', 'down']) }),
  /** The presenter asks for a look. */
  z.strictObject({ type: z.literal('room.asked') }),
  /** They have seen enough. */
  z.strictObject({ type: z.literal('room.look-ended') }),
  /** As `room.show`. */
  z.strictObject({ type: z.literal('room.shown'), message: ServerMessage }),
]);

/** A page's first frame to its sidecar's `/api/room`: where the hub is. What follows goes through. */
export const RelayOpen = z.strictObject({
  type: z.literal('relay.open'),
  /** `http://192.168.0.7:4330` or `https://…`. */
  hub: z.url({ protocol: /^https?$/ }).max(200),
  /** A presenter's. It goes in a header, not in an address. */
  token: z
    .string()
    .regex(/^[\w-]{43}$/)
    .optional(),
});

/** The sidecar's only word of its own: why there is no hub at the other end. */
export const RelayFailed = z.strictObject({
  type: z.literal('relay.failed'),
  message: z.string(),
  /** Where a page does not only say so. */
  why: z.enum(['nobody-listens', 'not-let-in']).optional(),
});

export type ParticipantId = z.infer<typeof ParticipantId>;
export type Place = z.infer<typeof Place>;
export type Reason = z.infer<typeof Reason>;
export type StepStatus = z.infer<typeof StepStatus>;
export type Report = z.infer<typeof Report>;
export type Command = z.infer<typeof Command>;
export type ParticipantMessage = z.infer<typeof ParticipantMessage>;
export type PresenterMessage = z.infer<typeof PresenterMessage>;
export type Poll = z.infer<typeof Poll>;
export type RoomView = z.infer<typeof RoomView>;
export type HubMessage = z.infer<typeof HubMessage>;
export type RelayOpen = z.infer<typeof RelayOpen>;
export type RelayFailed = z.infer<typeof RelayFailed>;
export type Refusal = z.infer<typeof Refusal>;
export type LabName = z.infer<typeof LabName>;
