/** What the sidecar and a workshop's hub have in common: the built site behind a guard, and no more. */
import { realpath } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join, sep } from 'node:path';
import type { HttpBindings } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Hono, MiddlewareHandler } from 'hono';
import { type Access, METHODS } from './access.ts';

export type Env = { Bindings: HttpBindings };

type Gate = Pick<Access, 'decide' | 'open'>;

/** The rest of `app`: what is no route of the API, is a file of the site or nothing. */
export const addSite = (app: Hono<Env>, site: string): void => {
  app.all('/api/*', (context) => context.json({ message: '없는 주소입니다.' }, 404));
  app.get('*', cached('no-cache'));
  app.get('/_astro/*', cached('public, max-age=31536000, immutable'));
  app.get('*', stayInside(site), serveStatic({ root: site, precompressed: true }));
  app.notFound(serveNotFound(site));
  app.onError((error, context) => {
    console.error(error);
    return context.text('실습실 안에서 예상하지 못한 오류가 났습니다.', 500);
  });
};

/** Every request, whatever its path, passes here before anything else sees it. */
export const guard = (access: Gate): MiddlewareHandler<Env> =>
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

export const secureHeaders = (policy: string): MiddlewareHandler<Env> =>
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
export const openSession = (access: Gate): MiddlewareHandler<Env> =>
  async function openSession(context, next) {
    const token = context.req.query('token');
    if (token === undefined || context.req.method !== 'GET') return next();
    const cookie = access.open(token);
    if (cookie === undefined) {
      return context.text(
        '이 주소의 토큰은 맞지 않거나 초기화되었습니다. npm start나 npm run workshop이 출력한 Ready 주소를 그대로 열어 주세요.',
        401,
      );
    }
    context.header('Set-Cookie', cookie);
    context.header('Cache-Control', 'no-store');
    // Not decoded: /%5cevil would name another site, as would what is left of /.//evil.
    return context.redirect(new URL(context.req.url).pathname.replace(/^\/+/, '/'), 303);
  };

/** Of the site's files, `.gz` is built. */
const TWINS = ['', '.gz', '.br', '.zst'];

/** A link in the site's folder may lead on inside it, and nowhere else. */
const stayInside = (site: string): MiddlewareHandler<Env> =>
  async function stayInside(context, next) {
    const root = await realpath(site).catch(() => site);
    const file = join(site, context.req.path);
    // As `serveStatic` looks for it: itself, or the index of a folder; or the compressed twin of either.
    const found = [file, join(file, 'index.html')];
    for (const each of found.flatMap((path) => TWINS.map((ending) => path + ending))) {
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
