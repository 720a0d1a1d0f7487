// Told without the planner: each good record is in one file, its key and headers beside it; each other one is a dead letter.
import type { SinkConfig } from '../../src/config/sink-model';
import type { Role } from '../../src/sink/partition-state';
import { registryIn, type ScriptedRecord, textField } from './scripted-log';
import { type Siblings, type StoredFile, storedFiles } from './stored-files';
import type { World } from './world';

export async function rowFaults(world: World): Promise<string[]> {
  const files = await storedFiles(world);
  return world.log.flatMap((records, partition) => {
    const configAt = configsOf(world, partition);
    const here = files.filter((siblings) => siblings.partition === partition);
    return [
      ...(world.isStopped ? [] : here.flatMap((siblings) => faultsOfSiblings(siblings, records, configAt))),
      ...storedOnce(world, here, records, configAt).map((fault) => `partition ${partition} ${fault}`),
      ...letterFaults(world, records, configAt),
    ];
  });
}

type ConfigAt = (offset: number) => SinkConfig;

/** That of the writer who took the record. */
function configsOf({ transitions, configs }: World, partition: number): ConfigAt {
  const own = transitions.filter(({ stateKey }) => stateKey.endsWith(`/${partition}`));
  return (offset) => own.find(({ after }) => after.last.offset >= offset)?.config ?? configs[0];
}

/** Row for row the same records, which belong there, in the form that whoever took them had to write. */
function faultsOfSiblings(
  { files, startOffset }: Siblings,
  records: readonly ScriptedRecord[],
  configAt: ConfigAt,
): string[] {
  const [first] = files.values();
  if (first === undefined) return [];
  const { key, offsets } = first;
  const faults: string[] = [];
  if (offsets[0] !== startOffset) faults.push(`begins with ${offsets[0]}`);
  if (offsets.some((offset, index) => offset <= (offsets[index - 1] ?? -1))) faults.push(`is out of order: ${offsets}`);
  for (const [role, { offsets: others }] of files)
    if (String(others) !== String(offsets)) faults.push(`has ${role} of ${others} beside ${offsets}`);
  const value = files.get('value');
  for (const [index, offset] of offsets.entries()) {
    const record = records.find((one) => one.offset === offset);
    const config = configAt(offset);
    const roles = record === undefined ? [] : rolesOf(config, record);
    if (String([...files.keys()].sort()) !== String(roles))
      faults.push(`has ${[...files.keys()]} of ${offset}, not ${roles}`);
    if (value !== undefined) faults.push(...faultsOfValue(config, value, index));
  }
  return faults.map((fault) => `${key} ${fault}`);
}

function faultsOfValue(config: SinkConfig, { key, offsets, fields }: StoredFile, index: number): string[] {
  const [ending, text] = [endingOf(config), textField(registryIn(config))];
  return [
    ...(key.endsWith(ending) ? [] : [`is no file for ${offsets[index]}, which is ${ending}`]),
    ...(fields[index]?.includes(text) === true ? [] : [`has ${offsets[index]} without ${text}`]),
  ];
}

/** In the order of the alphabet. */
function rolesOf({ formats }: SinkConfig, { is }: ScriptedRecord): Role[] {
  return [
    ...(formats.headers === undefined ? [] : (['headers'] as const)),
    ...(formats.keys === undefined ? [] : (['keys'] as const)),
    ...(is === 'good' ? (['value'] as const) : []),
  ];
}

function endingOf({ formats: { value } }: SinkConfig): string {
  if (value.kind !== 'json') return '.avro';
  return value.gzipLevel === undefined ? '.json' : '.json.gz';
}

function storedOnce(
  { isStopped }: World,
  files: readonly Siblings[],
  records: readonly ScriptedRecord[],
  configAt: ConfigAt,
): string[] {
  const found = files.flatMap((siblings) => [...siblings.files.values()][0]?.offsets ?? []).sort((a, b) => a - b);
  const expected = records.filter((record) => isStored(configAt(record.offset), record)).map(({ offset }) => offset);
  // What is missing then is still in the topic, as the error says.
  const isRight = isStopped
    ? new Set(found).size === found.length && found.every((offset) => expected.includes(offset))
    : String(found) === String(expected);
  return isRight ? [] : [`has ${found} in files, not ${expected}`];
}

function isStored(config: SinkConfig, record: ScriptedRecord): boolean {
  if (record.is === 'null') return config.nulls.behavior === 'write' && hasSiblings(config, record);
  return record.is === 'good' && hasSiblings(config, record);
}

function hasSiblings({ formats }: SinkConfig, { key, headers }: ScriptedRecord): boolean {
  return (formats.keys === undefined || key !== null) && (formats.headers === undefined || (headers ?? []).length > 0);
}

function letterFaults(
  { deadLetters, configs, isStopped }: World,
  records: readonly ScriptedRecord[],
  configAt: ConfigAt,
): string[] {
  if (configs[0].errors.deadLetters === undefined || isStopped) return [];
  const sent = new Set(deadLetters);
  return records.flatMap((record) => {
    const letter = `${record.partition}/${record.offset}`;
    const isExpected = isDeadLetter(configAt(record.offset), record);
    // A writer who lost with another configuration may have sent it.
    const isPossible = configs.some((config) => isDeadLetter(config, record));
    if (sent.has(letter) ? isPossible : !isExpected) return [];
    return [`${letter} is ${isExpected ? 'no' : 'a'} dead letter`];
  });
}

function isDeadLetter(config: SinkConfig, record: ScriptedRecord): boolean {
  if (record.is === 'null' && config.nulls.behavior === 'ignore') return config.nulls.toDeadLetters;
  return record.is === 'bad' || !hasSiblings(config, record);
}
