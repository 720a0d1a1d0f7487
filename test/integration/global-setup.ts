// Starts the servers before the first integration test; the tests' processes inherit where they are.
import { type Servers, startServers } from '../../local/servers/all';

declare global {
  var connectlessServers: Servers | undefined;
}

export default async function globalSetup(): Promise<void> {
  const servers = await startServers();
  globalThis.connectlessServers = servers;
  process.env.CONNECTLESS_POSTGRES_URL = servers.postgresUrl;
  process.env.CONNECTLESS_KAFKA = servers.kafkaBrokers;
  process.env.CONNECTLESS_S3_ENDPOINT = servers.s3Endpoint;
  process.env.AWS_REGION ??= 'us-east-1';
  process.env.AWS_ACCESS_KEY_ID ??= 'test';
  process.env.AWS_SECRET_ACCESS_KEY ??= 'test';
}
