// Settings of single tables, connectless.table.<name>.*: rules, and what they say by table.
import type { Values } from './check';
import { CONVERTERS } from './definitions/converter';
import { makesKey, TRANSFORMS } from './key-transforms';
import type { Fault } from './report';
import { placeOf, type Rule, textOf } from './rule';
import { goesById, modeOf } from './source-mode';
import type { TableSettings } from './source-model';

const PREFIX = 'connectless.table.';
const COLUMN = 'incrementing.column.name';
const SETTINGS = [COLUMN, 'topic', 'record.name', 'key'] as const;

export interface SettingName {
  /** As the file has it. */
  readonly property: string;
  /** `table`, `schema.table` or `database.schema.table`. */
  readonly table: string;
  readonly setting: (typeof SETTINGS)[number];
}

/** Those that the file sets. A table's name may have dots: the setting is what stands at the end. */
export function settingNames({ names }: Values): readonly SettingName[] {
  return names
    .filter((name) => name.startsWith(PREFIX))
    .flatMap((property) => {
      const rest = property.slice(PREFIX.length);
      const setting = SETTINGS.find((known) => rest.endsWith(`.${known}`));
      return setting === undefined ? [] : [{ property, setting, table: rest.slice(0, -setting.length - 1) }];
    });
}

/** A table that the lists leave out by its name; patterns are judged by the names that the database has. */
const tablesAreRead: Rule = (file, values) =>
  settingNames(values).flatMap(({ property, table }) => {
    const whitelist = values.list('table.whitelist');
    const left = values.list('table.blacklist').find((entry) => isUnder(table, entry));
    const unlisted = whitelist.length > 0 && !whitelist.some((entry) => isUnder(table, entry) || isUnder(entry, table));
    if (left === undefined && !unlisted) return [];
    const what = `is about a table that ${unlisted ? 'table.whitelist does not name' : 'table.blacklist leaves out'}`;
    return [{ ...placeOf(file, property), what, write: 'correct the name, or delete the line' }];
  });

/** Whether all tables that `name` may mean are among those that `entry` means. */
function isUnder(name: string, entry: string): boolean {
  return name === entry || name.endsWith(`.${entry}`);
}

const topicsDiffer: Rule = (file, values) => {
  const topics = settingNames(values).filter(({ setting }) => setting === 'topic');
  return topics.flatMap(({ property, table }, index): Fault[] => {
    const same = (other: SettingName) => textOf(values, other.property) === textOf(values, property);
    const first = topics.slice(0, index).find((other) => other.table !== table && same(other));
    if (first === undefined) return [];
    const what = `is the topic of ${first.table}, too, and a topic has the rows of one table`;
    return [{ ...placeOf(file, property), what, write: 'write another topic' }];
  });
};

const columnsAreUsed: Rule = (file, values) => {
  const mode = modeOf(values);
  if (mode === undefined || goesById(mode)) return [];
  return settingNames(values)
    .filter(({ setting }) => setting === COLUMN)
    .map(({ property }) => ({
      ...placeOf(file, property),
      what: `has no effect with mode=${mode}`,
      write: 'delete the line, or write mode=incrementing or mode=timestamp+incrementing',
    }));
};

/** As values are: in Avro, by the one registry. */
const keysAreAvro: Rule = (file, values, worker) => {
  const converter = textOf(worker, 'key.converter');
  const [ofKeys, ofValues] = ['key', 'value'].map((side) =>
    textOf(worker, `${side}.converter.schema.registry.url`)?.replace(/\/$/, ''),
  );
  const isAvro = converter === CONVERTERS.avro;
  if (isAvro && (ofKeys === undefined || ofKeys === ofValues)) return [];
  const reason = isAvro ? 'has another registry than its value.converter' : `is ${converter ?? 'missing'}`;
  return [...keySettings(values), ...(makesKey(values) ? [TRANSFORMS] : [])].map((property) => ({
    ...placeOf(file, property),
    what: `makes a key in Avro, and the worker's key.converter ${reason}`,
    write: `write key.converter=${CONVERTERS.avro} in the worker's file, with the registry of value.converter`,
  }));
};

const keysAreMadeOnce: Rule = (file, values) =>
  makesKey(values)
    ? keySettings(values).map((property) => ({
        ...placeOf(file, property),
        what: `makes a key, and ${TRANSFORMS} makes that of every table`,
        write: `delete the line, or ${TRANSFORMS}`,
      }))
    : [];

function keySettings(values: Values): string[] {
  return settingNames(values).flatMap(({ property, setting }) => (setting === 'key' ? [property] : []));
}

export const tableSettingRules: readonly Rule[] = [
  tablesAreRead,
  topicsDiffer,
  columnsAreUsed,
  keysAreAvro,
  keysAreMadeOnce,
];

/** Of a file without faults. */
export function buildTableSettings(values: Values): ReadonlyMap<string, TableSettings> {
  const tables = new Set(settingNames(values).map(({ table }) => table));
  return new Map([...tables].map((table) => [table, settingsOf(values, table)]));
}

function settingsOf(values: Values, table: string): TableSettings {
  const [incrementingColumn, topic, recordName, key] = SETTINGS.map((name) =>
    textOf(values, `${PREFIX}${table}.${name}`),
  );
  return {
    ...(incrementingColumn === undefined ? {} : { incrementingColumn }),
    ...(topic === undefined ? {} : { topic }),
    ...(recordName === undefined ? {} : { recordName }),
    ...(key === 'struct' || key === 'field' ? { key } : {}),
  };
}
