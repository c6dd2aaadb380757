/** What is said of classes whose records are gone: nobody can look any more which they were. */

export interface DeletedClass {
  readonly name: string;
  /** Who was still in it. */
  readonly people: number;
}

export const sayDeleted = (classes: readonly DeletedClass[]): string => {
  // A log that was never led, or that nobody can read, has no name.
  if (classes.length === 0) return '수업과 참가자의 기록을 모두 지웠습니다.';
  const all = classes.reduce((sum, { people }) => sum + people, 0);
  return [
    `수업 ${classes.length}개와 참가자 ${all}명의 기록을 모두 지웠습니다.`,
    ...classes.map(({ name, people }) => `  ‘${name}’ (${people}명)`),
  ].join('\n');
};
