// What a reader may try while the demo is up.
import { type Stage, topics } from './stage';

export function tryNext({ addresses, sink }: Stage): string {
  const { postgresUrl, kafkaBrokers, registryUrl, s3Endpoint } = addresses;
  return `
Try, in another terminal:

  psql ${postgresUrl} -c "INSERT INTO prices(item, price) SELECT 'pencil', 0.5 FROM generate_series(1, 3)"
  npx connectless consume --bootstrap-server ${kafkaBrokers} --topic ${topics.out} --from-beginning --property schema.registry.url=${registryUrl}
  curl ${registryUrl}/subjects/${topics.in}-value/versions/1
  npx connectless tojson --endpoint-url ${s3Endpoint} s3://${sink.bucket}/${sink.topicsDir}/${topics.out}/partition=0/${topics.out}+0+0000000000.avro

Ctrl-C ends the demo.`;
}
