// Starts the servers before the first integration test; the tests' processes inherit where they are.
import { type Servers, startServers } from '../../local/servers/all';
import { announce } from './environment';

declare global {
  var connectlessServers: Servers | undefined;
}

export default async function globalSetup(): Promise<void> {
  const servers = await startServers();
  globalThis.connectlessServers = servers;
  announce(servers);
}
