// The registry's function: the built-in schema registry behind Confluent's REST API.
import { type RegistryHandler, registryHandler } from '../src/registry/rest-lambda';

type Call = Parameters<RegistryHandler>;

let opening: Promise<RegistryHandler> | undefined;

export async function handler(event: Call[0], context: Call[1]): Promise<unknown> {
  opening ??= registryHandler().catch((error) => {
    // The next invocation tries anew.
    opening = undefined;
    throw error;
  });
  return (await opening)(event, context);
}
