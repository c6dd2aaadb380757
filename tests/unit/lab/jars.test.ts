import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { presentJars, resolveJars } from '../../../server/lab/local/jars.ts';
import { alive, capture, until } from '../../integration/capture.ts';
import { makeFolder, makeScript, makeSite } from './folder.ts';

/** A `mvn` that answers `-version`, and else does what `body` says; `$part` is where jars go. */
const withMaven = (body: string): void => {
  const folder = makeFolder();
  makeScript(
    folder,
    'mvn',
    `[ "$1" = -version ] && { echo "Apache Maven 3.9.9"; exit 0; }
for argument; do case "$argument" in -DoutputDirectory=*) part="\${argument#*=}";; esac; done
${body}`,
  );
  vi.stubEnv('PATH', `${folder}:/usr/bin:/bin`);
  vi.stubEnv('MAVEN_HOME', undefined);
};

const WHOLE = 'touch "$part/kafka_2.13-3.9.1.jar"';
const still = (): AbortSignal => new AbortController().signal;

describe('resolveJars', () => {
  it('says how much has come', async () => {
    withMaven(`
line() { echo "[INFO] Downloaded from central: https://repo.example/$1.jar ($2 at 1.1 MB/s)"; }
line a "18 kB"; line b "9.9 MB"; line c "868 kB"; line d "13 MB"
${WHOLE}`);
    const output = capture();
    const site = makeSite();
    const { folder } = await resolveJars(site, output.stdio, still());
    expect(readdirSync(folder)).toEqual(['kafka_2.13-3.9.1.jar']);
    expect(output.stdout()).toContain('받는 중… 10 MB\n');
    expect(output.stdout()).toContain('받는 중… 23 MB\n');
    expect(presentJars(site)).toEqual({ folder, version: '3.9.1' });
  });

  it('does not ask Maven again', async () => {
    const site = makeSite();
    withMaven(WHOLE);
    await resolveJars(site, capture().stdio, still());
    withMaven('exit 1');
    expect(await resolveJars(site, capture().stdio, still())).toMatchObject({ version: '3.9.1' });
  });

  it('gives Maven’s reason when the registry cannot be reached', async () => {
    withMaven(`
echo "[INFO] Scanning for projects..."
echo "[ERROR] Failed to execute goal: Could not transfer artifact from/to central: Connection refused -> [Help 1]"
echo "[ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch."
exit 1`);
    const site = makeSite();
    await expect(resolveJars(site, capture().stdio, still())).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/다시 시도.*Connection refused\)$/s),
    });
  });

  it('leaves nothing half-done when the download is cut, and goes on at the next try', async () => {
    withMaven(`touch "$part/half.jar"; kill -9 $$`);
    const site = makeSite();
    await expect(resolveJars(site, capture().stdio, still())).rejects.toThrow('다시 시도');
    expect(presentJars(site)).toBeUndefined();
    withMaven(WHOLE);
    const { folder } = await resolveJars(site, capture().stdio, still());
    expect(readdirSync(folder)).toEqual(['kafka_2.13-3.9.1.jar']);
  });

  it('ends Maven, and what Maven started, when it is interrupted', async () => {
    const note = join(makeFolder(), 'pid');
    withMaven(`sleep 1000 & echo $! > ${note}.part; mv ${note}.part ${note}; wait`);
    const controller = new AbortController();
    const resolving = resolveJars(makeSite(), capture().stdio, controller.signal);
    await until('Maven to run', () => existsSync(note));
    const pid = Number(readFileSync(note, 'utf8'));
    controller.abort();
    await expect(resolving).rejects.toMatchObject({ name: 'AbortError' });
    await until('its child to end', () => !alive(pid));
  });
});

describe('KAFKA_HOME', () => {
  const install = (...jars: string[]): string => {
    const home = makeFolder();
    mkdirSync(join(home, 'libs'));
    for (const jar of jars) writeFileSync(join(home, 'libs', jar), '');
    return home;
  };

  it('is used where it holds Kafka 3.9', () => {
    const kafkaHome = install('kafka-clients-3.9.0.jar', 'kafka_2.12-3.9.0.jar');
    expect(presentJars({ root: '/nowhere', kafkaHome })).toEqual({
      folder: join(kafkaHome, 'libs'),
      version: '3.9.0',
    });
  });

  it.each([
    { jars: ['kafka_2.13-4.0.0.jar'], says: '4.0.0' },
    { jars: ['kafka_2.13-3.4.1.jar'], says: '3.4.1' },
    { jars: ['other.jar'], says: '찾지 못했습니다' },
  ])('is refused with $jars', ({ jars, says }) => {
    const kafkaHome = install(...jars);
    expect(() => presentJars({ root: '/nowhere', kafkaHome })).toThrow(says);
  });
});
