// The built-in registry behind Confluent's REST API.
import { type Context, Hono } from 'hono';
import { accepts } from 'hono/accepts';
import { ConnectlessError, messageOf } from '../errors';
import { logger } from '../log';
import type { BuiltInRegistry } from './built-in';
import { compatibilityRoutes } from './rest-compatibility';
import { configRoutes, modeRoutes } from './rest-config';
import { httpError, incompatible, invalidSchema, RestError, storeFailed } from './rest-error';
import { schemaRoutes } from './rest-schemas';
import { subjectRoutes } from './rest-subjects';

const DEFAULT_TYPE = 'application/vnd.schemaregistry.v1+json';
const ANSWERED = [DEFAULT_TYPE, 'application/vnd.schemaregistry+json', 'application/json'];
const TAKEN = [...ANSWERED, 'application/octet-stream'];

/**
 * Registration, look-up, lists, config and compatibility as Confluent's clients call them. Deletion, references and modes other
 * than READWRITE are not there yet: their paths answer 404 like any unknown path.
 */
export function registryApp(registry: BuiltInRegistry): Hono {
  const app = new Hono({ strict: false });

  app.use(async (context, next) => {
    const type = answerType(context);
    refuseForeignBody(context);
    await next();
    context.res.headers.set('content-type', type);
  });
  app.get('/', (context) => context.json({}));
  app.route('/subjects', subjectRoutes(registry));
  app.route('/schemas', schemaRoutes(registry));
  app.route('/compatibility', compatibilityRoutes(registry));
  app.route('/config', configRoutes(registry));
  app.route('/mode', modeRoutes());
  app.notFound(() => answerError(httpError(404, 'Not Found')));
  app.onError((error) => answerError(restError(error)));
  return app;
}

/** The client's choice among ANSWERED. */
function answerType(context: Context): string {
  const anything = (context.req.header('accept') ?? '*/*').includes('*/*');
  const type = accepts(context, { header: 'Accept', supports: ANSWERED, default: anything ? DEFAULT_TYPE : '' });
  if (type === '') throw httpError(406, 'Not Acceptable');
  return type;
}

function refuseForeignBody(context: Context): void {
  if (!['POST', 'PUT'].includes(context.req.method)) return;
  const type = context.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== undefined && !TAKEN.includes(type)) throw httpError(415, 'Unsupported Media Type');
}

function answerError({ code, status, message }: RestError): Response {
  const body = JSON.stringify({ error_code: code, message });
  return new Response(body, { status, headers: { 'content-type': DEFAULT_TYPE } });
}

function restError(error: Error): RestError {
  if (error instanceof RestError) return error;
  if (error instanceof ConnectlessError && error.code === 'INVALID_SCHEMA') return invalidSchema(error.message);
  if (error instanceof ConnectlessError && error.code === 'SCHEMA_INCOMPATIBLE')
    return incompatible(messageOf(error.cause));
  logger.error('The registry failed', { error });
  return storeFailed(`Error in the backend data store: ${error.message}`);
}
