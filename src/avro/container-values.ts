// The values of a container file, decoded one by one.
import { codec } from './codec';
import { readContainer } from './container';
import type { Schema } from './schema';
import { parseSchema } from './schema-parse';

export interface ContainerValues {
  /** The writer's. */
  readonly schema: Schema;
  /** As `codec` decodes them. Throws, when it gets there, INVALID_CONTAINER and the errors of `codec`. */
  readonly values: Iterable<unknown>;
}

/** Throws INVALID_CONTAINER for what does not begin as a container file. */
export function containerValues(bytes: Buffer): ContainerValues {
  const { schema: text, blocks } = readContainer(bytes);
  const schema = parseSchema(text);
  return { schema, values: valuesIn(blocks, schema) };
}

function* valuesIn(blocks: ReturnType<typeof readContainer>['blocks'], schema: Schema): Iterable<unknown> {
  const { decode } = codec(schema);
  for (const { count, data } of blocks) {
    let position = 0;
    for (let left = count; left > 0; left -= 1) {
      const { value, end } = decode(data, position);
      position = end;
      yield value;
    }
  }
}
