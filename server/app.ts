/** HTTP: the built site, and the API's two questions. Nothing here runs anything. */
import { realpath } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join, sep } from 'node:path';
import type { HttpBindings } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono, type MiddlewareHandler } from 'hono';
import { compress } from 'hono/compress';
import { type Access, METHODS } from './access.ts';
import { within } from './deadline.ts';
import { LabError } from './errors.ts';
import { lastKeys } from './kafka/keys.ts';
import { isBroker, type KafkaUi, type Lab } from './lab/lab.ts';
import { type Health, TopicName } from './protocol.ts';

type Env = { Bindings: HttpBindings };

export interface AppOptions {
  readonly access: Access;
  readonly lab: Lab;
  /** The folder of the built site. */
  readonly site: string;
  /** The `Content-Security-Policy` of every answer. */
  readonly policy: string;
}

export const createApp = ({ access, lab, site, policy }: AppOptions): Hono<Env> => {
  const app = new Hono<Env>();
  app.use(secureHeaders(policy), guard(access), openSession(access));
  app.get('/api/health', async (context) => context.json(await healthOf(lab)));
  app.get('/api/keys/:topic', async (context) => {
    const topic = TopicName.safeParse(context.req.param('topic'));
    if (!topic.success) return context.json({ message: '토픽 이름이 아닙니다.' }, 400);
    return context.json(await lastKeys(lab, topic.data));
  });
  app.all('/api/*', (context) => context.json({ message: '없는 주소입니다.' }, 404));
  app.use(compress());
  app.get('*', cached('no-cache'));
  app.get('/_astro/*', cached('public, max-age=31536000, immutable'));
  app.get('*', stayInside(site), serveStatic({ root: site }));
  app.notFound(serveNotFound(site));
  app.onError((error, context) => {
    console.error(error);
    return context.text('실습실 안에서 예상하지 못한 오류가 났습니다.', 500);
  });
  return app;
};

/** Milliseconds; it is on this machine. */
const KAFKA_UI_TIMEOUT = 1_000;

/** Milliseconds: the page waits for this before it connects. */
const LAB_TIMEOUT = 2_000;

const SILENT =
  '실습실이 답하지 않습니다. Docker 실습실이라면 Docker가 멈춰 있지 않은지 확인해 주세요.';

/** A lab that cannot be reached is an answer, too: the page says why. */
const healthOf = async (lab: Lab): Promise<Health> => {
  try {
    const late = () => new LabError('unavailable', SILENT);
    const containers = await within(LAB_TIMEOUT, lab.containers(), late);
    const running = containers.filter(({ name, state }) => isBroker(name) && state === 'running');
    const kafkaUi = lab.kafkaUi === undefined ? null : await stateOf(lab.kafkaUi);
    return { lab: lab.name, brokers: running.length, problem: null, kafkaUi };
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    return { lab: lab.name, brokers: 0, problem: error.message, kafkaUi: null };
  }
};

const stateOf = async ({ address, runs }: KafkaUi): Promise<Health['kafkaUi']> => {
  if (!(await runs())) return { address, state: 'stopped' };
  const answer = fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(KAFKA_UI_TIMEOUT) });
  const answers = await answer.then(({ ok }) => ok).catch(() => false);
  return { address, state: answers ? 'answers' : 'silent' };
};

/** Every request, whatever its path, passes here before anything else sees it. */
const guard = (access: Access): MiddlewareHandler<Env> =>
  async function guard(context, next) {
    const purpose = context.req.path.startsWith('/api/') ? 'api' : 'page';
    const verdict = access.decide(context.env.incoming as IncomingMessage, purpose);
    if (!verdict.allowed) {
      // What else it sends is not waited for.
      context.header('Connection', 'close');
      if (verdict.status === 405) context.header('Allow', METHODS.join(', '));
      return purpose === 'api'
        ? context.json({ message: verdict.message }, verdict.status)
        : context.text(verdict.message, verdict.status);
    }
    return next();
  };

const secureHeaders = (policy: string): MiddlewareHandler<Env> =>
  async function secureHeaders(context, next) {
    await next();
    context.header('Content-Security-Policy', policy);
    context.header('X-Content-Type-Options', 'nosniff');
    context.header('Referrer-Policy', 'no-referrer');
    context.header('Cross-Origin-Opener-Policy', 'same-origin');
    context.header('Cross-Origin-Resource-Policy', 'same-origin');
  };

/** Files under `_astro/` are named by their content; a page is asked for anew after a rebuild. */
const cached = (control: string): MiddlewareHandler<Env> =>
  async function cached(context, next) {
    await next();
    if (context.res.ok && !context.res.headers.has('Cache-Control')) {
      context.header('Cache-Control', control);
    }
  };

/** The printed address opens a session and leaves no token in the history. */
const openSession = (access: Access): MiddlewareHandler<Env> =>
  async function openSession(context, next) {
    const token = context.req.query('token');
    if (token === undefined || context.req.method !== 'GET') return next();
    const cookie = access.open(token);
    if (cookie === undefined) {
      return context.text(
        '이 주소의 토큰은 맞지 않거나 초기화되었습니다. npm start가 출력한 Ready 주소를 그대로 열어 주세요.',
        401,
      );
    }
    context.header('Set-Cookie', cookie);
    context.header('Cache-Control', 'no-store');
    // Not decoded: /%5cevil would name another site, as would what is left of /.//evil.
    return context.redirect(new URL(context.req.url).pathname.replace(/^\/+/, '/'), 303);
  };

/** A link in the site's folder may lead on inside it, and nowhere else. */
const stayInside = (site: string): MiddlewareHandler<Env> =>
  async function stayInside(context, next) {
    const root = await realpath(site).catch(() => site);
    const file = join(site, context.req.path);
    // As `serveStatic` looks for it: itself, or the index of a folder.
    for (const each of [file, join(file, 'index.html')]) {
      const target = await realpath(each).catch(() => undefined);
      if (target !== undefined && target !== root && !target.startsWith(root + sep)) {
        return context.notFound();
      }
    }
    return next();
  };

const serveNotFound = (site: string) => {
  const page = serveStatic<Env>({ root: site, path: '404.html' });
  return async (context: Parameters<typeof page>[0]): Promise<Response> => {
    const answer = await page(context, async () => {});
    return new Response(answer?.body ?? '없는 페이지입니다.', {
      status: 404,
      headers: { 'Content-Type': 'text/html; charset=utf-8' },
    });
  };
};
