/** One of several shapes, or what of a value that fits none of them is wrong, in the author's words. */
import { z } from 'zod';

type Shape = z.ZodObject;

/**
 * The type itself, with one message for whatever it would not take: a union says by itself, and in
 * English, what is wrong with the one shape that nearly fits.
 *
 * @param type one of the shapes, or a list of them.
 * @param examples one of each shape, as it is written: `{ down: ['kafka1'] }`.
 * @param otherwise said where no shape can be told to be meant.
 */
export const shaped = <Output, Input>(
  type: z.ZodType<Output, Input>,
  shapes: readonly Shape[],
  examples: readonly string[],
  otherwise: string,
) =>
  z
    .custom<Input>((value) => type.safeParse(value).success, {
      error: ({ input }) => whyNoShape(input, shapes, examples, otherwise),
    })
    .pipe(type);

const whyNoShape = (
  value: unknown,
  shapes: readonly Shape[],
  examples: readonly string[],
  otherwise: string,
): string => {
  if (Array.isArray(value)) {
    const at = value.findIndex((each) => shapes.every((shape) => !shape.safeParse(each).success));
    return at === -1
      ? otherwise
      : `${at + 1}번째: ${whyNoShape(value[at], shapes, examples, otherwise)}`;
  }
  const names = Object.keys(Object(value));
  const meant = names.flatMap((name) => shapes.find((shape) => firstOf(shape) === name) ?? [])[0];
  if (meant === undefined) return otherwise;
  const example = examples.find((each) => each.startsWith(`{ ${firstOf(meant)}:`));
  return [`${example} 꼴이어야 합니다`, ...complaints(meant, value)].join('. ');
};

/** It tells the shapes apart. */
const firstOf = ({ shape }: Shape): string | undefined => Object.keys(shape)[0];

const complaints = (shape: Shape, value: unknown): readonly string[] => {
  const unknown: string[] = [];
  const missing: string[] = [];
  const wrong: string[] = [];
  for (const issue of shape.safeParse(value).error?.issues ?? []) {
    const path = issue.path.filter((key) => typeof key === 'string');
    const name = path.join('.');
    if (issue.code === 'unrecognized_keys')
      unknown.push(...issue.keys.map((key) => [...path, key].join('.')));
    else {
      const found = valueAt(value, issue.path);
      if (found === undefined) missing.push(name);
      else wrong.push(`${name} ${JSON.stringify(found)}`);
    }
  }
  return [
    ...(unknown.length > 0 ? [`여기에 없는 이름: ${unknown.join(', ')}`] : []),
    ...(missing.length > 0 ? [`빠진 이름: ${missing.join(', ')}`] : []),
    ...(wrong.length > 0 ? [`맞지 않는 값: ${wrong.join(', ')}`] : []),
  ];
};

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce((within, key) => Reflect.get(Object(within), key), value);
