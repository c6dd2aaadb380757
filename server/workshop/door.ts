/** Who may come in by which listener, and as whom. */
import type { IncomingMessage } from 'node:http';
import { hostname, networkInterfaces } from 'node:os';
import { type Access, createSessions, objectionTo, refuse, same, type Verdict } from '../access.ts';

/** Milliseconds that the machine's addresses are believed: it may change networks. */
const FRESH = 5_000;

export interface Door extends Pick<Access, 'decide' | 'open'> {
  /** Whether anybody may be a presenter here. */
  readonly presents: boolean;
  /** Whether a request that was let in is the presenter's. */
  isPresenter(request: IncomingMessage): boolean;
}

export interface DoorOptions {
  /** Names and addresses that lead here, without a port. */
  readonly isName: (name: string) => boolean;
  readonly port: number;
  readonly scheme: 'http' | 'https';
  /** The presenter's. Without one, nobody is a presenter here: it would cross the network readably. */
  readonly token?: string | undefined;
}

export const createDoor = ({ isName, port, scheme, token }: DoorOptions): Door => {
  const sessions =
    token === undefined ? undefined : createSessions({ token, port, secure: scheme === 'https' });

  const bearsToken = ({ headers }: IncomingMessage): boolean =>
    token !== undefined && same(headers.authorization ?? '', `Bearer ${token}`);
  const isPresenter = (request: IncomingMessage): boolean =>
    bearsToken(request) || (sessions?.isOpen(request) ?? false);

  return {
    presents: token !== undefined,
    open: (presented) => sessions?.open(presented),
    isPresenter,
    decide: (request, purpose): Verdict => {
      const objection = objectionTo(request, {
        isHost: (host) => isHostOf(host, { isName, port, scheme }),
        scheme,
        // A sidecar has none. What a page of another site may do here needs a code that it has not, or
        // the cookie, which its browser does not send.
        needsOrigin: false,
        strangeHost: '이 수업의 주소가 아닙니다. 강사가 알려 준 주소로 열어 주세요.',
      });
      if (objection !== undefined) return objection;
      if (purpose === 'socket' && request.headers.authorization !== undefined) {
        if (!bearsToken(request)) return refuse(401, WRONG_TOKEN);
      }
      // Every browser names it for a socket: one without is no page, and has the token itself.
      if (purpose === 'socket' && request.headers.origin === undefined) {
        if (sessions?.isOpen(request)) return refuse(403, WRONG_TOKEN);
      }
      return { allowed: true };
    },
  };
};

const WRONG_TOKEN =
  '강사의 토큰이 맞지 않거나 이 주소에서는 쓸 수 없습니다. npm run workshop이 출력한 Ready 주소를 확인해 주세요.';

/** As a browser writes it: without the port, where it is the scheme's own. */
const isHostOf = (
  host: string,
  { isName, port, scheme }: Pick<DoorOptions, 'isName' | 'port' | 'scheme'>,
): boolean => {
  const at = URL.parse(`${scheme}://${host}`);
  if (at === null || at.host !== host.toLowerCase()) return false;
  return Number(at.port || (scheme === 'https' ? 443 : 80)) === port && isName(at.hostname);
};

/** Whether a name is this machine's; `also`: those that only its user knows of. */
export const createNames = (also: readonly string[]): ((name: string) => boolean) => {
  let names = new Set<string>();
  let readAt = Number.NEGATIVE_INFINITY;
  const read = (): Set<string> => {
    if (performance.now() < readAt + FRESH) return names;
    readAt = performance.now();
    const own = hostname().toLowerCase();
    names = new Set([
      'localhost',
      own,
      `${own}.local`,
      ...listAddresses().map(({ address }) => address),
      ...also.map((name) => name.toLowerCase()),
    ]);
    return names;
  };
  return (name) => read().has(name);
};

export interface Address {
  readonly address: string;
  readonly internal: boolean;
  /** Of the network's interface, for example `eth0`. */
  readonly on: string;
}

/** IPv4: what is read off a projector and typed. */
export const listAddresses = (): Address[] =>
  Object.entries(networkInterfaces()).flatMap(([on, addresses = []]) =>
    addresses
      .filter(({ family }) => family === 'IPv4')
      .map(({ address, internal }) => ({ address, internal, on })),
  );
