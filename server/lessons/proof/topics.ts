import type { Check } from '../check.ts';
import { Front, readFront } from '../front.ts';
import { topicMadeBy } from '../makers.ts';
import type { Predict } from '../predict.ts';
import { readSteps, type Step } from '../read.ts';
import { touchesOf } from '../touches.ts';
import { type Book, type Page, problem, type Rule } from './book.ts';

/** Each topic that a step asks about, checks or deletes is there by then, for who begins with its chapter. */
export const topics: Rule = function* ({ pages }) {
  for (const chapter of Map.groupBy(pages, (page) => page.chapter).values()) yield* lost(chapter);
};

const lost = function* (pages: Book['pages']) {
  const there = new Set<string>();
  for (const page of pages) {
    const steps = stepsOf(page);
    const front = Front.safeParse(readFront(page.source).data);
    // What of it makes a topic, nobody knows.
    if (steps === undefined || !front.success) return;
    for (const topic of topicsIn(front.data.needs ?? [])) there.add(topic);
    for (const step of steps) {
      for (const topic of topicsIn(step.props.needs ?? [])) there.add(topic);
      const complain = (topic: string) => problem(page, lineOf(page, step), complaint(step, topic));
      /** Of a topic that goes, something may be asked, too. */
      const during = new Set(there);
      for (const command of step.commands) {
        for (const each of touchesOf([command])) {
          if (each.kind === 'delete' && !there.delete(each.topic)) yield complain(each.topic);
          if (each.kind === 'down' && each.volumes) there.clear();
        }
        const made = topicMadeBy(command.action);
        if (made === undefined) continue;
        there.add(made);
        during.add(made);
      }
      const { predict, check = [] } = step.props;
      for (const topic of new Set(topicsIn(predict === undefined ? check : [predict, ...check])))
        if (!during.has(topic)) yield complain(topic);
    }
  }
};

/** `undefined` where not all of them can be read. */
const stepsOf = (page: Page): readonly Step[] | undefined => {
  let whole = true;
  const steps = readSteps(page, () => {
    whole = false;
  });
  return whole ? steps : undefined;
};

const lineOf = ({ anchors, chapter }: Page, { id }: Step): number =>
  anchors.find((each) => each.kind === 'step' && `${chapter}/${each.id}` === id)?.line ?? 1;

const complaint = ({ id }: Step, topic: string): string =>
  `${id}: ${topic} 토픽은 이때 없습니다. 이름을 잘못 적지 않았는지 보고, 앞 장에서 만드는 토픽이라면 머리말의 needs에 적습니다`;

const topicsIn = (facts: readonly (Check | Predict)[]): readonly string[] =>
  facts.flatMap((fact) => {
    if ('topic' in fact) return fact.topic;
    if ('preferred' in fact) return fact.preferred;
    if ('isr' in fact) return fact.isr.topic;
    if ('leader' in fact) return fact.leader.topic;
    if ('leaderless' in fact) return fact.leaderless.topic;
    return 'spread' in fact ? fact.spread.topic : [];
  });
