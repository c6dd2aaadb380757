/**
 * Who may do what: the only place that decides. Anyone on this machine's browser can reach a
 * loopback port, so Host keeps out rebound names, Origin other sites, and the session everybody who
 * was not given the printed address.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { LOOPBACK } from './loopback.ts';

/** `page`: to read. `api`: to ask about the lab. `socket`: to run. */
export type Purpose = 'page' | 'api' | 'socket';

export type Verdict =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly status: Refusal; readonly message: string };

type Refusal = 400 | 401 | 403 | 405 | 413 | 421;

/** What is carried out goes through the socket: over HTTP there is nothing but reading. */
export const METHODS = ['GET', 'HEAD'];

export interface Access {
  decide(request: IncomingMessage, purpose: Purpose): Verdict;
  /** The value of a `Set-Cookie` header for whoever presents the token; `undefined` for others. */
  open(token: string): string | undefined;
  /** The address to print. It opens a session each time, until the token is reset. */
  readonly address: string;
}

export interface AccessOptions {
  /** The token, as `readToken` gives it. */
  readonly token: string;
  readonly port: number;
  /** Further ports whose pages may talk to this one: Astro's dev server. */
  readonly alsoPorts?: readonly number[];
}

export const createAccess = ({ token, port, alsoPorts = [] }: AccessOptions): Access => {
  // As a browser writes them: without the port, where it is 80.
  const hosts = [port, ...alsoPorts].flatMap((each) =>
    LOOPBACK.map((name) => new URL(`http://${name}:${each}`).host),
  );
  const sessions = createSessions({ token, port });
  return {
    address: `http://127.0.0.1:${alsoPorts[0] ?? port}/?token=${token}`,
    open: sessions.open,
    decide: (request, purpose) => {
      const objection = objectionTo(request, {
        isHost: (host) => hosts.includes(host),
        scheme: 'http',
        needsOrigin: purpose === 'socket',
        strangeHost: '이 실습실은 이 컴퓨터의 주소(127.0.0.1)로만 열립니다.',
      });
      if (objection !== undefined) return objection;
      if (purpose !== 'page' && !sessions.isOpen(request)) {
        return refuse(401, 'npm start가 출력한 주소(?token=… 포함)로 여시면 실행할 수 있습니다.');
      }
      return { allowed: true };
    },
  };
};

export interface Rules {
  /** Whether the whole value of a Host header is one of this server's. */
  readonly isHost: (host: string) => boolean;
  readonly scheme: 'http' | 'https';
  /** Every browser names it for a socket. */
  readonly needsOrigin: boolean;
  /** What is answered to a host that is not. Korean. */
  readonly strangeHost: string;
}

/** What is wrong with a request, whoever sends it; `undefined` for nothing. */
export const objectionTo = (
  request: IncomingMessage,
  { isHost, scheme, needsOrigin, strangeHost }: Rules,
): Verdict | undefined => {
  // Node keeps the first of two Host headers; a proxy in between might have kept the other.
  const host = valuesOf(request, 'host');
  if (host.length !== 1 || !isHost(host[0] ?? '')) return refuse(421, strangeHost);
  // `//evil` and `http://evil/` name another site wherever they are read as an address.
  if (!/^\/(?!\/)/.test(request.url ?? '')) {
    return refuse(400, '주소를 이해할 수 없습니다. /로 시작하는 주소로 다시 열어 주세요.');
  }
  const origin = valuesOf(request, 'origin');
  const mayLack = needsOrigin ? origin.length === 1 : origin.length <= 1;
  if (!mayLack || !origin.every((value) => value === `${scheme}://${host[0]}`)) {
    return refuse(403, '다른 사이트에서 온 요청은 받지 않습니다.');
  }
  if (!METHODS.includes(request.method ?? '')) {
    return refuse(405, '이 실습실은 읽기 요청(GET, HEAD)만 받습니다.');
  }
  if (hasBody(request)) {
    return refuse(413, '이 실습실은 본문이 있는 요청을 받지 않습니다.');
  }
  return undefined;
};

export interface Sessions {
  /** The value of a `Set-Cookie` header for whoever presents the token; `undefined` for others. */
  open(token: string): string | undefined;
  isOpen(request: IncomingMessage): boolean;
}

export interface SessionsOptions {
  readonly token: string;
  readonly port: number;
  /** Over TLS: browsers send it there only. */
  readonly secure?: boolean;
}

export const createSessions = ({ token, port, secure = false }: SessionsOptions): Sessions => {
  // Cookies ignore ports: without the port in its name, two labs would log each other out.
  const cookie = `lab-session-${port}`;
  const sign = (id: string): string => createHmac('sha256', token).update(id).digest('hex');
  return {
    open: (presented) => {
      if (!same(presented, token)) return undefined;
      const id = randomBytes(16).toString('hex');
      const rules = `Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000${secure ? '; Secure' : ''}`;
      return `${cookie}=${id}.${sign(id)}; ${rules}`;
    },
    isOpen: ({ headers }) => {
      const values = (headers.cookie ?? '').split(/;\s*/).map((pair) => pair.split('='));
      return values.some(([name, value]) => {
        const [id, signature] = (value ?? '').split('.');
        return name === cookie && id !== undefined && same(signature ?? '', sign(id));
      });
    },
  };
};

/** The token of this lab's folder, made at the first start and good until it is deleted. 256 bits. */
export const readToken = (home: string): string => {
  const file = join(home, 'token');
  try {
    const token = readFileSync(file, 'utf8').trim();
    if (token.length >= 32) return token;
  } catch {
    // The first start, or after a reset.
  }
  mkdirSync(home, { recursive: true });
  const token = randomBytes(32).toString('base64url');
  writeFileSync(file, `${token}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
  return token;
};

/** Of a body whose length is not told beforehand, nobody knows the end. */
const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) !== 0;

const valuesOf = (request: IncomingMessage, name: string): string[] =>
  request.rawHeaders.filter((_, at, all) => at % 2 === 1 && all[at - 1]?.toLowerCase() === name);

/** Compared by their digests: equal lengths, and the time tells nothing. */
export const same = (left: string, right: string): boolean => {
  const digest = (text: string): Buffer => createHmac('sha256', 'compare').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
};

export const refuse = (status: Refusal, message: string): Verdict => ({
  allowed: false,
  status,
  message,
});
