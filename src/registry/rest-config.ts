// REST: /config and /mode.
import { Hono } from 'hono';
import type { BuiltInRegistry } from './built-in';
import { type CompatibilityLevel, compatibilityLevel } from './compatibility-level';
import { invalidLevel, levelNotConfigured, modeNotConfigured } from './rest-error';
import { bodyOf, isTrue, subjectOf } from './rest-request';

export function configRoutes(registry: BuiltInRegistry): Hono {
  const app = new Hono();

  app.get('/', async (context) => context.json({ compatibilityLevel: (await registry.subjects()).level }));

  app.put('/', async (context) => {
    const compatibility = levelOf(await bodyOf(context));
    await registry.setLevel(undefined, compatibility);
    return context.json({ compatibility });
  });

  app.get('/:subject', async (context) => {
    const subject = subjectOf(context);
    const { level, levels } = await registry.subjects();
    const own = levels.get(subject) ?? (isTrue(context, 'defaultToGlobal') ? level : undefined);
    if (own === undefined) throw levelNotConfigured(subject);
    return context.json({ compatibilityLevel: own });
  });

  app.put('/:subject', async (context) => {
    const subject = subjectOf(context);
    const compatibility = levelOf(await bodyOf(context));
    await registry.setLevel(subject, compatibility);
    return context.json({ compatibility });
  });

  return app;
}

/** Every subject can be read and written: clients ask before they register. */
export function modeRoutes(): Hono {
  const app = new Hono();
  app.get('/', (context) => context.json({ mode: 'READWRITE' }));
  app.get('/:subject', (context) => {
    if (isTrue(context, 'defaultToGlobal')) return context.json({ mode: 'READWRITE' });
    throw modeNotConfigured(subjectOf(context));
  });
  return app;
}

function levelOf({ compatibility }: Readonly<Record<string, unknown>>): CompatibilityLevel {
  const level = compatibilityLevel(compatibility);
  if (level === undefined) throw invalidLevel();
  return level;
}
