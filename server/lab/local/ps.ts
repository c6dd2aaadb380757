/** `docker-compose ps`. */

import { complain, HOW_TO_START, say } from '../korean.ts';
import type { Stdio } from '../lab.ts';
import { describe, observe } from './containers.ts';
import { portsOf, type Site } from './site.ts';

export const ps = async (site: Site, stdio: Stdio): Promise<number> => {
  const containers = (await observe(site)).filter(({ state }) => state !== 'absent');
  const rows = containers.map((container) => {
    // As docker: one that does not run has no ports.
    const ports = container.state === 'exited' ? [] : portsOf(site, container.name);
    return [
      container.name,
      describe(container).status,
      ports.map((port) => `127.0.0.1:${port}`).join(', '),
    ];
  });
  for (const line of table([['NAME', 'STATUS', 'PORTS'], ...rows])) say(stdio, line);
  if (rows.length === 0) complain(stdio, `컨테이너가 없습니다. ${HOW_TO_START}`);
  return 0;
};

/** Columns as wide as their longest cell, three blanks apart. */
const table = (rows: readonly (readonly string[])[]): string[] => {
  const widths = rows[0]?.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd((widths?.[column] ?? 0) + 3))
      .join('')
      .trimEnd(),
  );
};
