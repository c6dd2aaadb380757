/** What makes a JVM of the lab light: it lives for a second, or shares a laptop with three others. */

export const LIGHT_FLAGS = [
  // The first compiler only: four JVMs and short-lived tools share a laptop's two cores.
  '-XX:TieredStopAtLevel=1',
  '-XX:+UseSerialGC',
  // No /tmp/hsperfdata file for jps.
  '-XX:-UsePerfData',
  // A class-data archive that does not fit is passed over, and nothing is said about it: what is
  // printed is Kafka's alone.
  '-Xshare:auto',
  '-Xlog:disable',
  '-Xlog:all=error:stderr',
] as const;

/** UTF-8 and English numbers, whatever the locale is. The last two are what Java 17 calls them. */
export const LOCALE_FLAGS = [
  '-Dfile.encoding=UTF-8',
  '-Dstdout.encoding=UTF-8',
  '-Dstderr.encoding=UTF-8',
  '-Dsun.stdout.encoding=UTF-8',
  '-Dsun.stderr.encoding=UTF-8',
  '-Duser.language=en',
  '-Duser.country=US',
] as const;
