import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../free-port.ts';
import { waitFor } from '../wait.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The tests' own state; its jars are kept between runs, everything else is made anew. */
export const HOME = join(ROOT, '.lab-test/e2e');
export const PORT = await freePort();

const env = { ...process.env, LAB_HOME: HOME, PORT: String(PORT), LAB: 'local' };

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program of the project, as npm would run it, with what it prints. */
export class Program {
  stdout = '';
  stderr = '';
  readonly child: ChildProcess;
  readonly exited: Promise<Finished>;

  constructor(script: string, args: readonly string[]) {
    this.child = spawn(process.execPath, [join(ROOT, script), ...args], {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
    });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    this.exited = new Promise((resolve) => {
      this.child.on('close', (code) => resolve({ code, stdout: this.stdout, stderr: this.stderr }));
    });
  }
}

/** `npm start`. Resolves with the printed address. */
export const startSidecar = async (): Promise<{ program: Program; address: string }> => {
  const program = new Program('server/index.ts', []);
  const address = await waitFor(
    'the line Ready: …',
    () => {
      if (program.child.exitCode !== null)
        throw new Error(`it ended: ${program.stdout}${program.stderr}`);
      return /^Ready: (\S+)$/m.exec(program.stdout)?.[1];
    },
    120_000,
  );
  return { program, address };
};

/** `npm run -s lab -- …`, to its end. */
export const lab = (...words: string[]): Promise<Finished> =>
  new Program('server/cli.ts', words).exited;
