// What a schema registry would say to the schemas of a table.
import type { PreviewedRegistry, Registration } from '../registry/registry';
import { schemaChanges } from '../registry/schema-changes';
import { attempted } from './attempted';
import type { Finding } from './finding';

/** Nothing is registered. */
export async function registryFindings(
  registry: Pick<PreviewedRegistry, 'wouldRegister'>,
  subject: string,
  schema: string,
): Promise<Finding[]> {
  const registration = await attempted(() => registry.wouldRegister(subject, schema));
  return 'failed' in registration ? [registration.failed] : [registrationFinding(registration.answer, subject, schema)];
}

export function registrationFinding(
  { latest, known, refused }: Registration,
  subject: string,
  schema: string,
): Finding {
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
