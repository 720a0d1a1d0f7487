// Transforms of a source: those that make a key.
import { accepted, type Definition, unsupported, used } from '../definition';
import { notEmpty, text } from '../validators';

export const VALUE_TO_KEY = 'org.apache.kafka.connect.transforms.ValueToKey';
export const EXTRACT_KEY = 'org.apache.kafka.connect.transforms.ExtractField$Key';

const named = text('names between commas', (name) =>
  name === '' ? { what: 'has an empty name', write: 'take out the comma' } : undefined,
);

export const sourceTransforms: readonly Definition[] = [
  ...used([
    [
      'transforms',
      'list',
      '',
      'low',
      'Names of the transforms, in order: a `ValueToKey`, and behind it an `ExtractField$Key` or nothing. They make the key of every table, or of the query.',
      named,
    ],
    ['transforms.**.type', 'class', null, 'low', `\`${VALUE_TO_KEY}\` or \`${EXTRACT_KEY}\`.`],
    ['transforms.**.fields', 'list', null, 'low', 'Columns of the key, of `ValueToKey`.', notEmpty],
    ['transforms.**.field', 'string', null, 'low', 'The field that is the key, of `ExtractField$Key`.', notEmpty],
    ['transforms.*', 'string', null, 'low', 'Other settings of a transform are refused.'],
  ]),
  ...accepted("Columns have no default in the schemas of Connect's source.", [
    ['transforms.**.replace.null.with.default', 'boolean', 'true', 'low', 'Writes the default in place of null.'],
  ]),
  ...unsupported('fields are columns, without fields of their own', [
    ['transforms.**.field.syntax.version', 'string', 'V1', 'low', 'Syntax of `field`.'],
  ]),
  ...unsupported('the key is made of every record', [
    ['transforms.**.predicate', 'string', '', 'low', 'Records that the transform applies to.'],
    ['transforms.**.negate', 'boolean', 'false', 'low', 'Applies the transform to all others.'],
  ]),
];
