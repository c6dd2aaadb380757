/** Fetching images: the engine does it, and tells the bytes whatever the version of compose. */
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { say } from '../korean.ts';
import type { Stdio } from '../lab.ts';
import { compose } from './compose.ts';
import type { Engine } from './engine.ts';
import { type Image, imagesOf } from './images.ts';
import type { Service, Site } from './site.ts';

/**
 * Fetches the images of these services that are not here. What could not be had shows in what it
 * gives: the images that are still missing.
 */
export const pullMissing = async (
  site: Site,
  services: readonly Service[],
  stdio: Stdio,
  abort: AbortSignal,
): Promise<readonly Image[]> => {
  const missing = async (): Promise<Image[]> =>
    (await imagesOf(site)).filter(
      (image) => !image.present && services.some((each) => image.services.includes(each)),
    );
  const wanted = await missing();
  if (wanted.length === 0) return [];
  const engine = await site.engine();
  for (const { image } of wanted) {
    // Compose says below what the reason is.
    await pull(engine, image, stdio, abort).catch(() => abort.throwIfAborted());
  }
  const left = await missing();
  if (left.length === 0) return [];
  // A registry may want the learner's own credentials, which only the CLI knows.
  const asked = left.flatMap((image) => image.services.slice(0, 1));
  const code = await compose(site, ['pull', ...asked], stdio, abort);
  return code === 0 ? [] : missing();
};

export const cannotPull = (images: readonly Image[]): string => {
  const names = images.map(({ image }) => image).join(', ');
  return `이미지를 받지 못했습니다: ${names}. 인터넷 연결을 확인하고 다시 시도하세요(받은 것은 남아 있어 이어서 받습니다). 이미지를 받을 수 없는 곳이라면 npm run images 로 직접 만들거나, LAB=local 을 붙여 Docker 없이 시작하세요.`;
};

/** What the engine tells of a layer, a line of JSON each (API: "Create an image"). */
const Progress = z.object({
  id: z.string().optional(),
  status: z.string().optional(),
  /** Bytes; empty where there is nothing to count. */
  progressDetail: z
    .object({ current: z.number().optional(), total: z.number().optional() })
    .optional(),
  error: z.string().optional(),
});

/** Rejects with the engine's or the registry's refusal. What came whole is kept for the next try. */
const pull = async (
  { docker }: Engine,
  image: string,
  stdio: Stdio,
  abort: AbortSignal,
): Promise<void> => {
  say(stdio, ` • ${image} 이미지를 받습니다. 처음 한 번만 받습니다.`);
  const tell = teller(image, stdio);
  const stream = await docker.pull(image, { abortSignal: abort });
  for await (const line of createInterface({ input: stream })) {
    const progress = Progress.parse(JSON.parse(line));
    if (progress.error !== undefined) throw new Error(progress.error);
    tell(progress);
  }
  // Aborted, the stream just ends.
  abort.throwIfAborted();
};

const STEP = 10;

/** Speaks every 10 MB, and of a connection that broke: the engine tries again by itself. */
const teller = (image: string, stdio: Stdio): ((progress: z.infer<typeof Progress>) => void) => {
  const layers = new Map<string, { size: number; received: number }>();
  let next = STEP;
  let broken = false;
  return ({ id = '', status, progressDetail: { current = 0, total = 0 } = {} }) => {
    if (status?.startsWith('Retrying')) {
      if (!broken) say(stdio, '   연결이 끊겼습니다. 받은 데서부터 이어서 받습니다…');
      broken = true;
    }
    // A line that is cut is told as if all had come.
    if (status !== 'Downloading' || current >= total) return;
    broken = false;
    // After a cut, `total` is what was left then.
    const size = layers.get(id)?.size ?? total;
    layers.set(id, { size, received: size - total + current });
    const bytes = [...layers.values()].reduce((sum, { received }) => sum + received, 0);
    const megabytes = bytes / 1_000_000;
    if (megabytes < next) return;
    say(stdio, `   ${image} 받는 중… ${Math.floor(megabytes)} MB`);
    next = (Math.floor(megabytes / STEP) + 1) * STEP;
  };
};
