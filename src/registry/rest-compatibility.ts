// REST: /compatibility, what a registration would be answered.
import { type Context, Hono } from 'hono';
import { schemaText } from '../avro/schema-text';
import type { BuiltInRegistry } from './built-in';
import { confluentDetails, refusal } from './compatibility';
import { bodyOf, isTrue, schemaOf, subjectOf, versionOf } from './rest-request';
import { findWanted } from './rest-subjects';
import { levelOf, type SubjectVersion } from './subjects';

/** Against one version, or against all that the subject's level looks at; a subject that is not there takes everything. */
export function compatibilityRoutes(registry: BuiltInRegistry): Hono {
  const app = new Hono();

  const check = async (context: Context, wanted?: number | 'latest') => {
    const subject = subjectOf(context);
    const text = schemaText(schemaOf(await bodyOf(context)));
    const subjects = await registry.subjects();
    const all = subjects.versions.get(subject) ?? [];
    const isOne = typeof wanted === 'number';
    const versions: readonly SubjectVersion[] = isOne ? [findWanted(subjects, subject, wanted)] : all;
    const compared = wanted === 'latest' ? versions.slice(-1) : versions;
    const refused = refusal(levelOf(subjects, subject), subject, text, compared);
    const answer = { is_compatible: refused === undefined };
    if (!isTrue(context, 'verbose')) return context.json(answer);
    return context.json({ ...answer, messages: refused === undefined ? [] : confluentDetails(refused) });
  };

  app.post('/subjects/:subject/versions', (context) => check(context));
  app.post('/subjects/:subject/versions/:version', (context) => check(context, versionOf(context)));
  return app;
}
