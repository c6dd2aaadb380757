/** What a reader may change in a step: whole numbers of a range, or one word of a list. */
import { z } from 'zod';
import { LabError } from '../errors.ts';
import type { Values } from '../protocol.ts';

/** A value is one word of a command, and no option of it: nothing in it could mean more to anybody. */
const word = z
  .string('글이어야 합니다')
  .regex(/^\w[\w.-]*$/, '글자, 숫자, "_", ".", "-"로 된 낱말이어야 합니다');

const label = z.string('글이어야 합니다').min(1, '비어 있을 수 없습니다');
const int = z.int('정수여야 합니다').nonnegative('0보다 작을 수 없습니다');

/** A whole number from `min` to `max`, both among them. */
const Range = z
  .strictObject({
    /** What its field is called, in Korean. */
    label,
    min: int,
    max: int,
    /** What stands there at first. */
    value: int,
  })
  .refine(({ min, max, value }) => min <= value && value <= max, 'min <= value <= max여야 합니다');

/** One of these. */
const Choice = z
  .strictObject({ label, of: z.array(word).min(2, '둘 이상이어야 합니다'), value: word })
  .refine(({ of, value }) => of.includes(value), 'value는 of 가운데 하나여야 합니다');

const Param = z.union([Range, Choice], {
  error:
    "{ label: '파티션 수', min: 1, max: 12, value: 5 } 꼴이거나 { label: '방식', of: ['key', 'custom'], value: 'key' } 꼴이어야 합니다",
});
export type Param = z.infer<typeof Param>;

/** By the name that stands in the command as `{name}`. */
export const Params = z
  .record(z.string().regex(/^[a-z]+$/, '이름은 영어 소문자로만 씁니다'), Param)
  .refine((params) => Object.keys(params).length > 0, '비어 있을 수 없습니다');
export type Params = z.infer<typeof Params>;

export const defaultsOf = (params: Params): Values =>
  Object.fromEntries(Object.entries(params).map(([name, { value }]) => [name, value]));

/** For an author's mistakes: the defaults, with each value in turn at its ends. */
export const extremesOf = (params: Params): readonly Values[] =>
  Object.entries(params).flatMap(([name, param]) =>
    ('of' in param ? param.of : [param.min, param.max]).map((value) => ({
      ...defaultsOf(params),
      [name]: value,
    })),
  );

/** @throws LabError `usage` for values that are not exactly those of the step, each as it may be. */
export const checkValues = (params: Params, values: Values): void => {
  const shape = Object.entries(params).map(([name, param]) => [name, allowed(param)] as const);
  const checked = z
    .strictObject(Object.fromEntries(shape), '이 단계에 없는 값이 들어 있습니다.')
    .safeParse(values);
  if (!checked.success) throw new LabError('usage', checked.error.issues[0]?.message ?? '');
};

const allowed = (param: Param) => {
  if ('of' in param)
    return z.enum(param.of, `${param.label}: ${param.of.join(', ')} 중 하나를 고르세요.`);
  const { label, min, max } = param;
  const error = `${label}: ${min}에서 ${max}까지의 정수를 적어 주세요.`;
  return z.int(error).min(min, error).max(max, error);
};

/** What stands for a value. */
const PLACE = /\{([a-z]+)\}/g;

/** The text with each `{name}` that has a value replaced by it. */
export const fillIn = (text: string, values: Values): string =>
  text.replace(PLACE, (place, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : place,
  );

/** The same in a prop, however deep: a text that is a place and nothing else becomes the value itself. */
export const fillDeep = (prop: unknown, values: Values): unknown => {
  if (typeof prop === 'string') {
    const name = /^\{([a-z]+)\}$/.exec(prop)?.[1];
    return name !== undefined && Object.hasOwn(values, name) ? values[name] : fillIn(prop, values);
  }
  if (Array.isArray(prop)) return prop.map((each) => fillDeep(each, values));
  if (typeof prop !== 'object' || prop === null) return prop;
  return Object.fromEntries(
    Object.entries(prop).map(([key, each]) => [key, fillDeep(each, values)]),
  );
};

/** A text as its places cut it: what stands between them, and the names. */
export const places = (text: string): readonly (string | { readonly name: string })[] =>
  text.split(PLACE).map((piece, index) => (index % 2 === 0 ? piece : { name: piece }));
