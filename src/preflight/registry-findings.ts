// What a schema registry would say to the schemas of a table.
import type { PreviewedRegistry, Registration } from '../registry/registry';
import { schemaChanges } from '../registry/schema-changes';
import { fittingSchema } from '../source/fitting-schema';
import type { Column } from '../source/record/column';
import { attempted } from './attempted';
import type { Finding } from './finding';
import { quotedList } from './sql-text';

type Registry = Pick<PreviewedRegistry, 'wouldRegister'>;

/** Of rows, whose columns may stay nullable in their schema: as the source would write them. */
export async function valueFindings(
  registry: Registry,
  subject: string,
  columns: readonly Column[],
  schemaOf: (columns: readonly Column[]) => string,
): Promise<Finding[]> {
  const fitting = await attempted(() => fittingSchema(withoutWriting(registry), subject, columns, schemaOf));
  if ('failed' in fitting) return [fitting.failed];
  const { columns: written } = fitting.answer;
  const kept = written.filter(({ nullable }, index) => nullable !== columns[index]?.nullable).map(({ name }) => name);
  const findings = await registryFindings(registry, subject, schemaOf(written));
  if (kept.length === 0) return findings;
  const what = `NOT NULL, but nullable in the newest version of ${subject}, in which its rows go on: the registry would refuse another.`;
  return [...findings, note('NULLABLE_AS_BEFORE', `${quotedList(kept)}: ${what}`)];
}

function withoutWriting(registry: Registry): Parameters<typeof fittingSchema>[0] {
  return {
    ...registry,
    register: async (subject, schema) => {
      const { refused } = await registry.wouldRegister(subject, schema);
      if (refused !== undefined) throw refused;
      return 0;
    },
  };
}

/** Nothing is registered. */
export async function registryFindings(registry: Registry, subject: string, schema: string): Promise<Finding[]> {
  const registration = await attempted(() => registry.wouldRegister(subject, schema));
  return 'failed' in registration ? [registration.failed] : [registrationFinding(registration.answer, subject, schema)];
}

function registrationFinding({ latest, known, refused }: Registration, subject: string, schema: string): Finding {
  if (refused !== undefined) return { severity: 'error', code: refused.code, what: refused.message };
  if (latest === undefined) {
    return note('SCHEMA_FIRST', `Its schema would be the first version of ${subject}.`);
  }
  if (known !== undefined) return note('SCHEMA_KNOWN', `Its schema is version ${known} of ${subject}.`);
  const changes = schemaChanges(latest.schema, schema);
  const list = changes.length === 0 ? '.' : `: ${changes.join('; ')}.`;
  return note('SCHEMA_NEW', `Its schema would be a new version of ${subject}, after ${latest.version}${list}`);
}

function note(code: string, what: string): Finding {
  return { severity: 'note', code, what };
}
