// REST: /subjects.
import { Hono } from 'hono';
import { schemaText } from '../avro/schema-text';
import type { BuiltInRegistry } from './built-in';
import { schemaNotFound, subjectNotFound, versionNotFound } from './rest-error';
import { bodyOf, page, refuseChosenNumbers, schemaOf, subjectOf, versionOf } from './rest-request';
import { findVersion, type Subjects, type SubjectVersion } from './subjects';

export function subjectRoutes(registry: BuiltInRegistry): Hono {
  const app = new Hono();

  app.get('/', async (context) => {
    const { versions } = await registry.subjects();
    const prefix = context.req.query('subjectPrefix') ?? '';
    const subjects = [...versions.keys()].filter((subject) => subject.startsWith(prefix)).sort();
    return context.json(page(context, subjects));
  });

  app.post('/:subject', async (context) => {
    const subject = subjectOf(context);
    const text = schemaText(schemaOf(await bodyOf(context)));
    const subjects = await registry.subjects();
    versionsOf(subjects, subject);
    const version = findVersion(subjects, subject, text);
    if (version === undefined) throw schemaNotFound();
    return context.json(answer(version));
  });

  app.get('/:subject/versions', async (context) => {
    const versions = versionsOf(await registry.subjects(), subjectOf(context));
    return context.json(
      page(
        context,
        versions.map(({ version }) => version),
      ),
    );
  });

  app.post('/:subject/versions', async (context) => {
    const subject = subjectOf(context);
    const body = await bodyOf(context);
    refuseChosenNumbers(body, subject);
    const { id } = await registry.registerVersion(subject, schemaOf(body));
    return context.json({ id });
  });

  app.get('/:subject/versions/:version', async (context) => {
    const wanted = versionOf(context);
    return context.json(answer(findWanted(await registry.subjects(), subjectOf(context), wanted)));
  });

  app.get('/:subject/versions/:version/schema', async (context) => {
    const wanted = versionOf(context);
    return context.body(findWanted(await registry.subjects(), subjectOf(context), wanted).schema);
  });

  return app;
}

/** `schemaType` is left out for AVRO, as Confluent does. */
export function answer({ subject, version, id, schema }: SubjectVersion): SubjectVersion {
  return { subject, version, id, schema };
}

/** Throws the errors of a subject and of a version that are not there. */
export function findWanted(subjects: Subjects, subject: string, wanted: number | 'latest'): SubjectVersion {
  const versions = versionsOf(subjects, subject);
  const found = wanted === 'latest' ? versions.at(-1) : versions.find(({ version }) => version === wanted);
  if (found === undefined) throw versionNotFound(wanted === 'latest' ? -1 : wanted);
  return found;
}

function versionsOf(subjects: Subjects, subject: string): readonly SubjectVersion[] {
  const versions = subjects.versions.get(subject);
  if (versions === undefined) throw subjectNotFound(subject);
  return versions;
}
