// The schema registry that `schema.registry.url` names.

import { cachedRegistry } from '../src/registry/cached';
import { confluentRegistry } from '../src/registry/confluent';
import { openRegistry } from '../src/registry/open';
import type { SchemaRegistry } from '../src/registry/registry';
import { openState } from '../src/state/open';

export const DEFAULT_REGISTRY = 'http://localhost:8081';

/** `http(s)://…`, or the place of a built-in one, `s3://bucket/prefix` or `file:///directory`. */
export async function registryAt(url: string): Promise<SchemaRegistry> {
  if (/^https?:/.test(url)) return cachedRegistry(confluentRegistry({ url }));
  return openRegistry({ valueRegistry: { url }, stateUrl: url }, await openState(url));
}
