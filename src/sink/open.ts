// Opens the sink that the environment's connector file configures.
import { loadConnector } from '../config/load';
import { emfMetrics } from '../metrics/emf';
import { openRegistry } from '../registry/open';
import { bucketObjects } from '../s3/bucket';
import { s3Client } from '../s3/client';
import { readSecret } from '../secrets/reader';
import { countedState } from '../state/counted';
import { openState } from '../state/open';
import { kafkaDeadLetters } from './dead-letters/queue';
import { type Sink, sinkOn } from './sink';

/** Throws CONFIG_INVALID when the connector file is faulty, or not a sink's. */
export async function openSink(env: NodeJS.ProcessEnv = process.env): Promise<Sink> {
  const { worker, connector } = await loadConnector('sink', readSecret, env);
  const metrics = emfMetrics(connector.name);
  const state = countedState(await openState(worker.stateUrl), metrics);
  const place = { bucket: connector.bucket, region: connector.s3.region };
  const objects = bucketObjects(s3Client(connector.s3, connector.objects), place, connector.objects);
  const { deadLetters } = connector.errors;
  return sinkOn(
    connector,
    state,
    objects,
    (valueRegistry) => openRegistry({ valueRegistry, stateUrl: worker.stateUrl }, state),
    metrics,
    { deadLetters: deadLetters && kafkaDeadLetters(worker.kafka, deadLetters) },
  );
}
