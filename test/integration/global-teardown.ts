// Stops what the global set-up started.
import './global-setup';

export default async function globalTeardown(): Promise<void> {
  await globalThis.connectlessServers?.stop();
}
