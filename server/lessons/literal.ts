import type { Expression, Program } from 'estree';

/**
 * The value of an expression that is written out: a text, a number, true or false, or a list or an
 * object of those. Nothing is evaluated.
 *
 * @throws for every other expression.
 */
export const readLiteral = (program: Program | null | undefined): unknown => {
  const [statement] = program?.body ?? [];
  if (statement?.type !== 'ExpressionStatement') throw new TypeError('no expression');
  return literalOf(statement.expression);
};

const literalOf = (expression: Expression): unknown => {
  if (expression.type === 'Literal') return expression.value;
  if (expression.type === 'ArrayExpression') {
    return expression.elements.map((element) => literalOf(element as Expression));
  }
  if (expression.type !== 'ObjectExpression') throw new TypeError(expression.type);
  return Object.fromEntries(
    expression.properties.map((property) => {
      if (property.type !== 'Property' || property.key.type !== 'Identifier' || property.computed) {
        throw new TypeError(property.type);
      }
      return [property.key.name, literalOf(property.value as Expression)];
    }),
  );
};
