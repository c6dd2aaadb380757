/**
 * Answers a page where no sidecar does, with what was recorded: the same messages, so that terminal,
 * figure and cluster show it as they would show it live.
 */
import { apply } from '../../server/cluster/changes.ts';
import type {
  ClientMessage,
  ClusterState,
  Happening,
  RunId,
  RunStatus,
  ServerMessage,
  TopicKeys,
} from '../../server/protocol.ts';
import { recording as strings } from '../strings/recording.ts';
import { type Playback, startPlayback } from './playback.ts';
import {
  fetchRecording,
  type RecordedEvent,
  type Recording,
  type RecordingPart,
} from './recording.ts';
import { siteUrl } from './site-url.ts';
import type { StandIn, StandInEvents } from './stand-in.ts';
import { isFinal } from './step-state.ts';
import { hideTapeBars, showTapeBar } from './tape-bar.ts';

/** What plays now. */
interface Playing {
  readonly step: string;
  readonly header: Recording['header'];
  readonly playback: Playback;
}

interface Played {
  readonly run: RunId;
  /** As it was named when it was recorded. */
  readonly recorded: RunId;
  status: RunStatus | undefined;
  /** Where in what plays now it had begun: milliseconds, which may be before that. */
  began: number | undefined;
  /** All that it has printed by now. */
  output: Uint8Array;
  attached: boolean;
}

export const createPlayer = (events: StandInEvents): StandIn => {
  /** By their steps. */
  const runs = new Map<string, Played>();
  const keys = new Map<string, TopicKeys>();
  let disposed = false;
  const editions = fetchEditions();
  let happenings: Happening[] = [];
  let cluster: ClusterState | undefined;
  let watched = false;
  let playing: Playing | undefined;
  let ticking: ReturnType<typeof setInterval> | undefined;

  const refuse = (run: RunId, message: string): void => {
    if (!disposed) events.handleMessage({ type: 'error', code: 'unavailable', run, message });
  };
  const tell = (message: ServerMessage): void => {
    if (message.type === 'run.status') tellStatus(message);
    else if (message.type === 'cluster.happened') tellHappening(message.happening);
    else if (message.type === 'cluster.state') tellCluster(message, message);
    else if (message.type === 'cluster.change' && cluster !== undefined)
      tellCluster(message, apply(cluster, message));
    // Of a run that this reader has not clicked, there is nothing to show.
    else if (message.type === 'run.effect' && isKnown(message.run)) events.handleMessage(message);
  };
  const isKnown = (id: RunId): boolean => [...runs.values()].some(({ run }) => run === id);
  const tellCluster = (message: ServerMessage, now: ClusterState): void => {
    cluster = now;
    if (watched) events.handleMessage(message);
  };
  const tellHappening = (happening: Happening): void => {
    // Of another time than what was played before: there is no axis that holds both.
    const again = (happenings.at(-1)?.at ?? 0) > happening.at;
    happenings = again ? [happening] : [...happenings, happening];
    if (!watched) return;
    if (again) events.handleMessage({ type: 'cluster.history', happenings });
    else events.handleMessage({ type: 'cluster.happened', happening });
  };
  const tellStatus = (status: RunStatus): void => {
    const run = runs.get(status.step);
    if (run?.run !== status.run) return;
    run.status = status;
    if (playing?.step === status.step) run.began = playing.playback.position - status.duration;
    events.handleMessage(status);
  };
  /** Milliseconds of its time that have been played. */
  const played = ({ began }: Played): number | undefined => {
    const at = playing?.playback.position;
    return at === undefined || began === undefined || !Number.isFinite(at) ? undefined : at - began;
  };
  /** What was recorded is told only when something happens: the clock goes on in between. */
  const tick = (): void => {
    const run = playing && runs.get(playing.step);
    const status = run?.status;
    if (run === undefined || status === undefined) return;
    if (isFinal(status) || status.stopping !== null) return;
    const duration = played(run) ?? status.duration;
    if (Math.floor(duration / 1_000) > Math.floor(status.duration / 1_000))
      tellStatus({ ...status, duration });
  };
  const print = (step: string, text: string): void => {
    const run = runs.get(step);
    if (run === undefined) return;
    const offset = run.output.length;
    const bytes = new TextEncoder().encode(text);
    run.output = join(run.output, bytes);
    if (run.attached) events.handleOutput({ type: 'run.output', run: run.run, offset }, bytes);
  };
  const give = (event: RecordedEvent): void => {
    if (event.kind === 'output') print(event.step, event.text);
    else if (event.kind === 'keys') keys.set(event.topic, event.keys);
    else tell(event.message);
  };

  /** @returns why there is none, else. */
  const load = async (step: string, part: RecordingPart): Promise<Recording | string> => {
    try {
      const recording = await fetchRecording(step, part);
      if (recording === undefined) return strings.missing;
      return recording.header.edition === (await editions)[step] ? recording : strings.changed;
    } catch (error) {
      console.error(error);
      return strings.damaged;
    }
  };
  /** What such a run prints next was not recorded right after what it has printed. */
  const markJump = (step: string): void => {
    const status = runs.get(step)?.status;
    if (status !== undefined && !isFinal(status))
      print(step, `\r\n\x1b[2m${strings.jumps}\x1b[0m\r\n`);
  };
  const play = (step: string, { header, events: recorded }: Recording): void => {
    if (disposed) return;
    if (playing !== undefined) {
      markJump(playing.step);
      playing.playback.finish();
    }
    const playback = startPlayback(recorded.map(renamed), playing?.playback.speed ?? 1, {
      give,
      handleEnd: () => {
        if (playing?.playback === playback) handlePlaying(undefined);
      },
    });
    handlePlaying({ step, header, playback });
  };
  const handlePlaying = (now: Playing | undefined): void => {
    if (playing !== undefined) showTapeBar(playing.step, playing.header, undefined);
    playing = now;
    clearInterval(ticking);
    if (now !== undefined) ticking = setInterval(tick, TICK);
    if (now !== undefined) showTapeBar(now.step, now.header, now.playback);
  };
  /** Runs bear the ids of this page's clicks: what a program tells of itself bears its run's, too. */
  const renamed = (event: RecordedEvent): RecordedEvent => {
    const text = JSON.stringify(event);
    const renaming = [...runs.values()].reduce(
      (line, { run, recorded }) => line.replaceAll(recorded, run),
      text,
    );
    return JSON.parse(renaming) as RecordedEvent;
  };

  const start = async (run: RunId, step: string): Promise<void> => {
    const recording = await load(step, 'run');
    if (typeof recording === 'string') return refuse(run, recording);
    runs.set(step, { run, recorded: recording.run, ...NOTHING });
    play(step, recording);
  };
  /** One that goes on ends as it did when it was recorded; another breaks off here. */
  const stop = async (step: string, stopped: Played): Promise<void> => {
    const { run, status } = stopped;
    if (status === undefined) return;
    if (!status.background) {
      if (playing?.step !== step) return;
      const duration = played(stopped) ?? status.duration;
      playing.playback.end();
      handlePlaying(undefined);
      return tellStatus({ ...status, status: 'stopped', exitCode: null, duration });
    }
    const recording = await load(step, 'end');
    if (typeof recording === 'string') return refuse(run, recording);
    const still = runs.get(step);
    if (still?.run !== run) return;
    runs.set(step, { ...still, recorded: recording.run, began: undefined });
    if (playing?.step !== step) markJump(step);
    play(step, recording);
  };

  const receive = (message: ClientMessage): void => {
    if (message.type === 'run.start') {
      void start(message.run, message.step);
      return;
    }
    if (message.type === 'cluster.watch') {
      watched = message.on;
      if (!watched) return;
      events.handleMessage({ type: 'cluster.history', happenings });
      if (cluster !== undefined) events.handleMessage(cluster);
      return;
    }
    // There is no lab to be reset.
    if (message.type === 'lab.reset') return;
    const [step, run] = [...runs].find(([, each]) => each.run === message.run) ?? [];
    if (step === undefined || run === undefined) return;
    if (message.type === 'run.signal') void stop(step, run);
    if (message.type === 'run.input') refuse(run.run, strings.noInput);
    if (message.type !== 'run.attach') return;
    run.attached = true;
    const { offset } = message;
    const rest = run.output.subarray(offset);
    if (rest.length > 0) events.handleOutput({ type: 'run.output', run: run.run, offset }, rest);
  };

  return {
    receive,
    keys: (topic) => keys.get(topic),
    dispose: () => {
      disposed = true;
      playing?.playback.end();
      clearInterval(ticking);
      hideTapeBars();
    },
  };
};

/** What each step of the book is now. */
const fetchEditions = async (): Promise<Readonly<Record<string, string>>> =>
  (await fetch(siteUrl('steps.json'))).json();

/** Milliseconds. */
const TICK = 250;

const NOTHING = { status: undefined, began: undefined, output: new Uint8Array(), attached: false };

const join = (left: Uint8Array, right: Uint8Array): Uint8Array => {
  const joined = new Uint8Array(left.length + right.length);
  joined.set(left);
  joined.set(right, left.length);
  return joined;
};
