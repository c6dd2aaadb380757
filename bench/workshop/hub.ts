/** The hub that is measured: `node bench/workshop/hub.ts HOME PORT`. */
import { answerUsage } from './usage.ts';

answerUsage();
await import('../../tests/workshop-hub.ts');
