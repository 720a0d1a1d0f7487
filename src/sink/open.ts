// Opens the sink that the environment's connector file configures.
import pLimit from 'p-limit';
import { loadConnector } from '../config/load';
import type { SinkConfig } from '../config/model';
import { ConnectlessError } from '../errors';
import { openRegistry } from '../registry/open';
import type { SchemaRegistry } from '../registry/registry';
import { bucketObjects } from '../s3/bucket';
import { s3Client } from '../s3/client';
import type { ObjectStore } from '../s3/object-store';
import { openState } from '../state/open';
import type { StateStore } from '../state/store';
import { heldStates } from './held-states';
import type { Sink } from './partition';
import { writerSchemas } from './writer-schemas';

// A small put takes some 10 ms, most of it waiting; more at once would only take memory.
const REQUESTS_AT_ONCE = 16;

/** Throws CONFIG_INVALID when the connector file is faulty, or not a sink's. */
export async function openSink(env: NodeJS.ProcessEnv = process.env): Promise<Sink> {
  const { worker, connector } = await loadConnector(env);
  if (connector.kind !== 'sink') {
    throw new ConnectlessError(
      'CONFIG_INVALID',
      `${env.CONNECTLESS_CONNECTOR} configures a ${connector.kind}, no sink.`,
    );
  }
  const state = await openState(worker.stateUrl);
  const objects = bucketObjects(s3Client(connector.s3), { bucket: connector.bucket, region: connector.s3.region });
  return sinkOn(connector, state, objects, openRegistry(worker.valueRegistry, state));
}

/** A sink with nothing in its memory yet. */
export function sinkOn(config: SinkConfig, state: StateStore, objects: ObjectStore, registry: SchemaRegistry): Sink {
  return {
    config,
    state,
    objects,
    schemas: writerSchemas(registry),
    held: heldStates(),
    limit: pLimit(REQUESTS_AT_ONCE),
  };
}
