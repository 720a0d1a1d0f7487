// A source's transforms: which chains make a key, and what is said of others.
import { describe, expect, test } from '@jest/globals';
import { faultsOf, PROCESSOR, type Properties, SINK, SOURCE, validate, WORKER } from './files';

const PACKAGE = 'org.apache.kafka.connect.transforms';
const K = { transforms: 'k', 'transforms.k.type': `${PACKAGE}.ValueToKey`, 'transforms.k.fields': 'id' };
const X = { 'transforms.x.type': `${PACKAGE}.ExtractField$Key`, 'transforms.x.field': 'id' };
const KX = { ...K, transforms: 'k,x', ...X };

const keyOf = (properties: Properties) => {
  const { config, faults } = validate(WORKER, { ...SOURCE, ...properties });
  expect(faults).toEqual([]);
  const [source] = config?.connectors ?? [];
  return source?.kind === 'source' ? source.keyTransform : 'not a source';
};

describe('the transforms of a source', () => {
  test.each<[string, Properties, object | undefined]>([
    ['none', { transforms: '' }, undefined],
    ['ValueToKey', K, { fields: ['id'], form: 'struct' }],
    ['ValueToKey of two columns', { ...K, 'transforms.k.fields': 'b, a' }, { fields: ['b', 'a'], form: 'struct' }],
    ['ValueToKey and ExtractField$Key', KX, { fields: ['id'], form: 'field' }],
    [
      'ExtractField$Key of one of two columns',
      { ...KX, 'transforms.k.fields': 'a,id' },
      { fields: ['id'], form: 'field' },
    ],
    [
      'names with dots, one the beginning of the other',
      {
        transforms: 'k, k.x',
        'transforms.k.type': `${PACKAGE}.ValueToKey`,
        'transforms.k.fields': 'id',
        'transforms.k.x.type': `${PACKAGE}.ExtractField$Key`,
        'transforms.k.x.field': 'id',
      },
      { fields: ['id'], form: 'field' },
    ],
    [
      'what they are by default',
      {
        ...KX,
        'transforms.k.negate': 'false',
        'transforms.x.field.syntax.version': 'V1',
        'transforms.x.replace.null.with.default': 'true',
      },
      { fields: ['id'], form: 'field' },
    ],
    [
      'the columns of a query',
      { ...K, 'incrementing.column.name': 'id', query: 'SELECT * FROM t' },
      { fields: ['id'], form: 'struct' },
    ],
  ])('make a key: %s', (_, properties, expected) => expect(keyOf(properties)).toEqual(expected));

  test('write no default in place of null, whatever they are told: no column has one', () => {
    const { notes } = validate(WORKER, { ...SOURCE, ...K, 'transforms.k.replace.null.with.default': 'false' });
    expect(notes.map(({ property, why }) => [property, why])).toEqual([
      ['transforms.k.replace.null.with.default', "Columns have no default in the schemas of Connect's source."],
    ]);
  });

  const INSTEAD =
    'write connectless.table.NAME.key for a key of the primary key, .topic and .record.name for names; a query or a view changes values';
  const ORDER = 'name ValueToKey first, and behind it ExtractField$Key or nothing';
  test.each<[Properties, string[]]>([
    [
      { transforms: 'r', 'transforms.r.type': `${PACKAGE}.RegexRouter`, 'transforms.r.regex': '.*' },
      [
        `c0:7: transforms.r.type: RegexRouter is at position 1 of transforms, where a source takes ValueToKey alone; ${INSTEAD}`,
      ],
    ],
    [
      { ...K, transforms: 'k,c', 'transforms.c.type': `${PACKAGE}.Cast$Key`, 'transforms.c.spec': 'string' },
      [
        `c0:9: transforms.c.type: Cast$Key is at position 2 of transforms, where a source takes ExtractField$Key alone; ${INSTEAD}`,
      ],
    ],
    [
      { ...KX, transforms: 'k,x,m', 'transforms.m.type': `${PACKAGE}.MaskField$Value` },
      [
        `c0:11: transforms.m.type: MaskField$Value is at position 3 of transforms, where a source takes none; ${INSTEAD}`,
      ],
    ],
    [
      { ...KX, transforms: 'x,k' },
      [
        `c0:7: transforms.k.type: ValueToKey is at position 2 of transforms, where a source takes ExtractField$Key alone; ${ORDER}`,
        `c0:9: transforms.x.type: ExtractField$Key is at position 1 of transforms, where a source takes ValueToKey alone; ${ORDER}`,
      ],
    ],
    [
      { ...K, 'transforms.k.type': 'ValueToKey' },
      [`c0:7: transforms.k.type: "ValueToKey" is not the full name of the class; write ${PACKAGE}.ValueToKey`],
    ],
    [{ transforms: 'k' }, [`c0: transforms.k.type: is missing; add transforms.k.type=${PACKAGE}.ValueToKey`]],
    [{ ...KX, transforms: 'k,x,y' }, ['c0: transforms.y.type: is missing; take y out of transforms']],
    [
      { ...K, 'transforms.k.fields': undefined },
      ["c0: transforms.k.fields: is missing (the key's columns); add transforms.k.fields=…"],
    ],
    [
      { ...KX, 'transforms.x.field': undefined },
      ["c0: transforms.x.field: is missing (the key's field); add transforms.x.field=…"],
    ],
    [
      { ...K, 'transforms.k.fields': '' },
      ['c0:8: transforms.k.fields: (empty) lacks a value; write one, or delete the line'],
    ],
    [{ ...K, 'transforms.k.fields': 'a,b,a' }, ['c0:8: transforms.k.fields: names a twice; name each column once']],
    [
      { ...KX, 'transforms.x.field': 'no' },
      [
        'c0:10: transforms.x.field: "no" is no field of the key that k makes; write id, or add it to transforms.k.fields',
      ],
    ],
    [{ ...K, transforms: 'k,' }, ['c0:6: transforms: "k," has an empty name; take out the comma']],
    [
      { ...K, 'transforms.k.feilds': 'a' },
      ['c0:9: transforms.k.feilds: is no property of ValueToKey; did you mean transforms.k.fields?'],
    ],
    [
      { ...K, 'transforms.k.topics': 'a' },
      ['c0:9: transforms.k.topics: is no property of ValueToKey; delete the line'],
    ],
    [
      { ...K, ...X },
      ['transforms.x.type', 'transforms.x.field'].map(
        (property, index) =>
          `c0:${9 + index}: ${property}: is of none of transforms=k; name it in transforms, or delete the line`,
      ),
    ],
    [
      { 'transforms.k.fields': 'id' },
      ['c0:6: transforms.k.fields: is set without transforms; name it in transforms, or delete the line'],
    ],
    [
      { ...K, 'transforms.k.predicate': 'p' },
      [
        'c0:9: transforms.k.predicate: is not supported: the key is made of every record; delete the line, or write its default (empty)',
      ],
    ],
    [
      { ...KX, 'transforms.x.field.syntax.version': 'V2' },
      [
        'c0:11: transforms.x.field.syntax.version: is not supported: fields are columns, without fields of their own; delete the line, or write its default "V1"',
      ],
    ],
    [
      { ...K, 'connectless.table.orders.key': 'struct' },
      [
        'c0:9: connectless.table.orders.key: makes a key, and transforms makes that of every table; delete the line, or transforms',
      ],
    ],
  ])('of %j are refused', (properties, lines) => {
    expect(faultsOf(WORKER, { ...SOURCE, ...properties }).toSorted()).toEqual(lines.toSorted());
  });

  test('with one name twice are refused', () => {
    expect(faultsOf(WORKER, { ...SOURCE, ...K, transforms: 'k,k' })).toContain(
      'c0:6: transforms: names k twice; give each a name of its own',
    );
  });

  test('write keys, so that the worker needs a converter of keys that writes Avro', () => {
    expect(validate(WORKER, { ...SOURCE, ...K }).notes).toEqual([]);
    const worker = { ...WORKER, 'key.converter': 'org.apache.kafka.connect.storage.StringConverter' };
    expect(faultsOf(worker, { ...SOURCE, ...K })).toEqual([
      "c0:6: transforms: makes a key in Avro, and the worker's key.converter is org.apache.kafka.connect.storage.StringConverter; write key.converter=io.confluent.connect.avro.AvroConverter in the worker's file, with the registry of value.converter",
    ]);
  });

  test.each([SINK, PROCESSOR])('are of no use to others: %j', (connector) => {
    expect(faultsOf(WORKER, { ...connector, ...K })).toHaveLength(3);
  });
});
