/** Builds the site if a source is newer: before a workshop, whose hub may start no program. */
import { LabError } from '../server/errors.ts';
import { buildSite } from '../server/site.ts';

await buildSite(console.log).catch((error: unknown) => {
  if (!(error instanceof LabError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
});
