import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findJava, findMaven } from '../../../server/lab/local/java.ts';
import { makeFolder, makeScript } from './folder.ts';

const says = (version: string): string => `echo 'openjdk version "${version}" 2025-04-15' >&2`;

describe('findJava', () => {
  it('takes the first on PATH', async () => {
    const folder = makeFolder();
    const path = makeScript(folder, 'java', says('17.0.15'));
    expect(await findJava({ PATH: `/nowhere:${folder}` })).toEqual({ path, version: '17.0.15' });
  });

  it('prefers JAVA_HOME', async () => {
    const folder = makeFolder();
    const home = makeFolder();
    mkdirSync(join(home, 'bin'));
    makeScript(folder, 'java', says('17.0.15'));
    const path = makeScript(join(home, 'bin'), 'java', says('21.0.2'));
    const found = await findJava({ PATH: folder, JAVA_HOME: home });
    expect(found).toEqual({ path, version: '21.0.2' });
  });

  it('knows early-access and vendor versions', async () => {
    const folder = makeFolder();
    makeScript(folder, 'java', says('26-ea'));
    expect(await findJava({ PATH: folder })).toMatchObject({ version: '26-ea' });
  });

  it('says what to install where there is none', async () => {
    await expect(findJava({ PATH: makeFolder() })).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/Java를 찾지 못했습니다.*17 이상.*brew.*apt/s),
    });
  });

  it('takes a stub that only fails for none, as on macOS', async () => {
    const folder = makeFolder();
    makeScript(folder, 'java', 'echo "Unable to locate a Java Runtime." >&2; exit 1');
    await expect(findJava({ PATH: folder })).rejects.toThrow('Java를 찾지 못했습니다');
  });

  it.each(['1.8.0_392', '11.0.22', '16'])('refuses %s and says so', async (version) => {
    const folder = makeFolder();
    makeScript(folder, 'java', says(version));
    await expect(findJava({ PATH: folder })).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining(version),
    });
  });
});

describe('findMaven', () => {
  it('takes the first on PATH', async () => {
    const folder = makeFolder();
    const path = makeScript(folder, 'mvn', "printf '\\033[1mApache Maven 3.8.7\\033[m\\n'");
    expect(await findMaven({ PATH: folder })).toEqual({ path, version: '3.8.7' });
  });

  it('says what to install where there is none', async () => {
    await expect(findMaven({ PATH: makeFolder() })).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/Maven을 찾지 못했습니다.*KAFKA_HOME.*brew.*apt/s),
    });
  });
});
