/** A hub of the tests' own, and people who speak its protocol without a browser. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { buildSite } from '../../server/site.ts';
import type { PresenterUpdate } from '../../server/workshop/presenter.ts';
import type { HubMessage, ParticipantMessage, Report } from '../../server/workshop/protocol.ts';
import { waitFor } from '../wait.ts';
import { HOME, Program } from './sidecar.ts';

export interface HubUnderTest {
  readonly program: Program;
  /** The presenter's, with the token. */
  readonly address: string;
  /** Where participants come in, without a slash at its end. */
  readonly door: string;
  readonly code: string;
}

/** `npm run workshop`, on these ports and the next, with a log of its own. */
export const startHub = async (port: number, ...words: string[]): Promise<HubUnderTest> => {
  await buildSite(console.log);
  const home = join(HOME, `workshop-${port}`);
  const args = ['--port', String(port), '--home', home, '--name', '카프카 실습 3기', ...words];
  const program = new Program('scripts/workshop.ts', args);
  const read = (pattern: RegExp): string | undefined => pattern.exec(program.stdout)?.[1];
  const address = await waitFor(
    'the line Ready: …',
    () => {
      if (program.child.exitCode !== null) throw new Error(program.stdout + program.stderr);
      return read(/^Ready: (\S+)$/m);
    },
    240_000,
  );
  const code = read(/참가 코드: (\S+)/);
  if (code === undefined) throw new Error(`no code: ${program.stdout}`);
  return { program, address, door: `http://127.0.0.1:${port}`, code };
};

/** Somebody in the room, as their page would speak for them. */
export class Attendee {
  readonly heard: (HubMessage | PresenterUpdate)[] = [];
  readonly closed: Promise<unknown>;
  readonly #socket: WebSocket;

  constructor(door: string) {
    this.#socket = new WebSocket(`${door.replace('http', 'ws')}/api/room`, { origin: door });
    this.closed = once(this.#socket, 'close');
    this.#socket.on('message', (data, isBinary) => {
      if (!isBinary) this.heard.push(JSON.parse(String(data)));
    });
  }

  async join(code: string, nickname: string, lab: 'local' | 'docker' | 'none'): Promise<void> {
    await once(this.#socket, 'open');
    this.say({ type: 'room.join', code, nickname, lab });
    const answer = await waitFor('an answer', () =>
      this.heard.find(({ type }) => type === 'room.joined' || type === 'room.refused'),
    );
    if (answer.type === 'room.refused') throw new Error(`refused: ${answer.code}`);
  }

  say(message: ParticipantMessage): void {
    this.#socket.send(JSON.stringify(message));
  }

  report(report: Report): void {
    this.say({ type: 'room.report', id: randomUUID(), report });
  }

  output(run: string, offset: number, text: string): void {
    const header = JSON.stringify({ type: 'run.output', run, offset });
    this.#socket.send(Buffer.concat([Buffer.from(`${header}\n`), Buffer.from(text)]));
  }

  hears(type: HubMessage['type']): Promise<HubMessage | PresenterUpdate> {
    return waitFor(`to be told ${type}`, () => this.heard.find((each) => each.type === type));
  }

  leave(): void {
    this.#socket.terminate();
  }
}
