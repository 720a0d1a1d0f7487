// What a REST request says: its body, its version, its page.
import type { Context } from 'hono';
import { invalidSchema, invalidSubject, invalidVersion, notPermitted, RestError } from './rest-error';

type Body = Readonly<Record<string, unknown>>;

/** The body's members; one that clients of other versions add is passed over. */
export async function bodyOf(context: Context): Promise<Body> {
  const text = await context.req.text();
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return Object(body);
  } catch {}
  throw new RestError(400, 'The request body is not a JSON object');
}

/** The schema of a registration or a look-up; what cannot be honoured is refused, never dropped. */
export function schemaOf(body: Body): string {
  const { schema, schemaType, references } = body;
  if (schemaType !== undefined && schemaType !== null && schemaType !== 'AVRO') {
    throw invalidSchema(`Invalid schema type ${String(schemaType)}: this registry keeps AVRO`);
  }
  if (Array.isArray(references) && references.length > 0) {
    throw invalidSchema('Schema references are not supported yet: write the referenced types into the schema');
  }
  if (typeof schema !== 'string' || schema.trim() === '') throw invalidSchema('Empty schema');
  return schema;
}

/** An id or a version of one's own choice is for mode IMPORT, which this registry has not. */
export function refuseChosenNumbers(body: Body, subject: string): void {
  const chosen = [body.id, body.version].some((number) => typeof number === 'number' && number > 0);
  if (chosen) throw notPermitted(`Subject ${subject} is not in import mode`);
}

export function subjectOf(context: Context): string {
  const subject = context.req.param('subject') ?? '';
  if (subject.trim() === '' || /\p{Cc}/u.test(subject)) throw invalidSubject(subject);
  return subject;
}

/** A version's number, or `latest`, which may be written -1. */
export function versionOf(context: Context): number | 'latest' {
  const text = context.req.param('version') ?? '';
  if (text === 'latest' || text === '-1') return 'latest';
  const version = /^\d+$/.test(text) ? Number(text) : 0;
  if (version < 1 || version > 0x7fffffff) throw invalidVersion(text);
  return version;
}

export function isTrue(context: Context, parameter: string): boolean {
  return context.req.query(parameter)?.toLowerCase() === 'true';
}

/** `offset` and `limit`; a limit that is missing or negative is none. */
export function page<Item>(context: Context, items: readonly Item[]): readonly Item[] {
  const offset = Math.max(0, Number(context.req.query('offset') ?? 0) || 0);
  const limit = Number(context.req.query('limit') ?? -1);
  return limit >= 0 ? items.slice(offset, offset + limit) : items.slice(offset);
}
