// The error of a schema that a registry refuses: which columns, which rules, and the ways out.
import { parseSchema } from '../avro/schema-parse';
import { ConnectlessError } from '../errors';
import { toldConflict } from './column-conflict';
import { type Refusal, refusal } from './compatibility';

/** SCHEMA_INCOMPATIBLE, not retryable. @param said the registry's own words, kept as the cause's message */
export function incompatibleError(refused: Refusal, schema: string, said: string): ConnectlessError {
  const { subject, level, version, conflicts } = refused;
  const [added, before] = [parseSchema(schema), parseSchema(version.schema)];
  const told = conflicts.map((conflict) => toldConflict(conflict, added, before));
  const cures = [...told.flatMap(({ cure }) => cure ?? []), levelCure(refused, schema)];
  const message = [
    `The schema registry refuses the new schema of ${subject}, whose compatibility is ${level}. Against version ${version.version}:`,
    ...unique(told.map(({ line }) => `- ${line}`)),
    'Ways out:',
    ...unique(cures.map((cure) => `- ${cure}`)),
  ];
  return new ConnectlessError('SCHEMA_INCOMPATIBLE', message.join('\n'), { cause: new Error(said) });
}

function levelCure({ subject, level, version }: Refusal, schema: string): string {
  const other = (['BACKWARD', 'FORWARD'] as const).find(
    (one) => refusal(one, subject, schema, [version]) === undefined,
  );
  const lower = level.endsWith('_TRANSITIVE') || other === undefined ? 'NONE' : other;
  return `let the registry take it: PUT /config/${subject} {"compatibility": "${lower}"}`;
}

function unique(lines: readonly string[]): string[] {
  return [...new Set(lines)];
}
