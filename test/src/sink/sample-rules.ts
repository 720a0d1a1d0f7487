// The rules of a configuration, over schemas that a test knows.
import type { FormatConfig, SinkConfig } from '../../../src/config/sink-model';
import type { KnownSchemas } from '../../../src/convert/data';
import { dataSchema } from '../../../src/convert/data-schema';
import type { FileFormat } from '../../../src/sink/format/format';
import { formatOf } from '../../../src/sink/format/format-of';
import { rulesOf } from '../../../src/sink/open-rules';
import type { Rules } from '../../../src/sink/rules';
import { sampleConfig } from './sample';

export const JSON_LINES: FormatConfig = { kind: 'json', decimals: 'BASE64' };
const FORMATS: readonly FormatConfig[] = [sampleConfig.formats.value, JSON_LINES];
const loaded = new Map<string, FileFormat>();

/** To be called once before `sampleRules`: formats load their libraries. */
export async function loadSampleFormats(): Promise<void> {
  for (const config of FORMATS) loaded.set(JSON.stringify(config), await formatOf(config));
}

export const sampleSchema = (id: number, version = id) =>
  dataSchema(`{"type":"record","name":"R${id}","fields":[{"name":"text","type":"bytes"}]}`, { id, version });

export function sampleRules(config: SinkConfig, known: KnownSchemas): Rules {
  const roles = (['value', 'keys', 'headers'] as const).flatMap((role) => {
    const format = config.formats[role];
    return format === undefined ? [] : [{ role, config: format, format: formatNamed(format) }];
  });
  return rulesOf(config, { value: known, key: known }, roles, loaded);
}

function formatNamed(config: FormatConfig): FileFormat {
  const format = loaded.get(JSON.stringify(config));
  if (format === undefined) throw new Error(`The tests do not load the format ${config.kind}`);
  return format;
}
