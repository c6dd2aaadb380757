/** HTTP: the built site, and the API's questions. Nothing here runs anything. */
import { Hono } from 'hono';
import type { Access } from './access.ts';
import { within } from './deadline.ts';
import { LabError } from './errors.ts';
import { lastKeys } from './kafka/keys.ts';
import { isBroker, type KafkaUi, type Lab } from './lab/lab.ts';
import { type Diagnosis, type Health, TopicName } from './protocol.ts';
import { addSite, type Env, guard, openSession, secureHeaders } from './static-site.ts';

export interface AppOptions {
  readonly access: Access;
  readonly lab: Lab;
  /** What this machine lacks for the lab, in Korean. */
  readonly missing?: (() => Promise<string | null>) | undefined;
  /** What this machine has for the lab, and what it lacks. */
  readonly diagnose?: (() => Promise<Diagnosis>) | undefined;
  /** The folder of the built site. */
  readonly site: string;
  /** The `Content-Security-Policy` of every answer. */
  readonly policy: string;
}

export const createApp = ({
  access,
  lab,
  missing,
  diagnose,
  site,
  policy,
}: AppOptions): Hono<Env> => {
  const examine = once(diagnose);
  const app = new Hono<Env>();
  app.use(secureHeaders(policy), guard(access), openSession(access));
  app.get('/api/health', async (context) =>
    context.json({ ...(await healthOf(lab)), missing: (await missing?.()) ?? null }),
  );
  app.get('/api/keys/:topic', async (context) => {
    const topic = TopicName.safeParse(context.req.param('topic'));
    if (!topic.success) return context.json({ message: '토픽 이름이 아닙니다.' }, 400);
    return context.json(await lastKeys(lab, topic.data));
  });
  app.get('/api/doctor', async (context) => context.json((await examine()) ?? null));
  // No room is led here.
  app.get('/api/hub', (context) => context.json(null));
  addSite(app, site);
  return app;
};

/** Programs are started for it: those who ask meanwhile get the same answer. */
const once = (diagnose: AppOptions['diagnose']) => {
  let asking: Promise<Diagnosis> | undefined;
  return (): Promise<Diagnosis> | undefined => {
    asking ??= diagnose?.().finally(() => {
      asking = undefined;
    });
    return asking;
  };
};

/** Milliseconds; it is on this machine. */
const KAFKA_UI_TIMEOUT = 1_000;

/** Milliseconds: the page waits for this before it connects. */
const LAB_TIMEOUT = 2_000;

const SILENT =
  '실습실이 답하지 않습니다. Docker 실습실이라면 Docker가 멈춰 있지 않은지 확인해 주세요.';

/** A lab that cannot be reached is an answer, too: the page says why. */
const healthOf = async (lab: Lab): Promise<Omit<Health, 'missing'>> => {
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
