/** `npm run lessons:check`: what an author has to mend in the book, a line each, and how many there are. */
import { proofread } from '../server/lessons/proof.ts';
import { CONTENT } from '../server/settings.ts';

const { problems, pages, steps } = await proofread(CONTENT);
for (const problem of problems) console.log(problem);
console.log(`${pages}쪽 ${steps}단계: 고칠 곳 ${problems.length}개`);
process.exitCode = problems.length === 0 ? 0 : 1;
