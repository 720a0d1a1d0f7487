// REST: /schemas.
import { type Context, Hono } from 'hono';
import type { BuiltInRegistry } from './built-in';
import { httpError, schemaNotFound } from './rest-error';
import { isTrue, page } from './rest-request';
import { answer } from './rest-subjects';
import type { Subjects, SubjectVersion } from './subjects';

export function schemaRoutes(registry: BuiltInRegistry): Hono {
  const app = new Hono();

  app.get('/', async (context) => {
    const prefix = context.req.query('subjectPrefix') ?? '';
    const { versions } = await registry.subjects();
    const chosen = [...versions].filter(([subject]) => subject.startsWith(prefix)).sort(([a], [b]) => (a < b ? -1 : 1));
    const found = chosen.flatMap(([, all]) => (isTrue(context, 'latestOnly') ? all.slice(-1) : all));
    return context.json(page(context, found.map(answer)));
  });

  app.get('/types', (context) => context.json(['AVRO']));

  app.get('/ids/:id', async (context) => context.json({ schema: await textOf(registry, context) }));

  app.get('/ids/:id/schema', async (context) => context.body(await textOf(registry, context)));

  app.get('/ids/:id/subjects', async (context) => {
    const subjects = versionsWith(await registry.subjects(), idOf(context)).map(({ subject }) => subject);
    return context.json(page(context, [...new Set(subjects)]));
  });

  app.get('/ids/:id/versions', async (context) => {
    const versions = versionsWith(await registry.subjects(), idOf(context));
    return context.json(
      page(
        context,
        versions.map(({ subject, version }) => ({ subject, version })),
      ),
    );
  });

  return app;
}

function idOf(context: Context): number {
  const text = context.req.param('id') ?? '';
  if (!/^-?\d+$/.test(text)) throw httpError(404, 'Not Found');
  return Number(text);
}

function versionsWith({ schemas, versions }: Subjects, id: number): SubjectVersion[] {
  if (!schemas.has(id)) throw schemaNotFound(id);
  return [...versions.values()].flat().filter((version) => version.id === id);
}

async function textOf(registry: BuiltInRegistry, context: Context): Promise<string> {
  const id = idOf(context);
  const text = (await registry.subjects()).schemas.get(id);
  if (text === undefined) throw schemaNotFound(id);
  return text;
}
