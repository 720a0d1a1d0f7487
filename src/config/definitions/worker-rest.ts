// Properties of the worker's REST API, which has no counterpart: nothing here listens.
import { accepted, type Definition } from '../definition';

export const rest: readonly Definition[] = accepted('There is no REST API of a worker: connectors are files.', [
  ['rest.host.name', 'string', null, 'low', 'Host of the REST API.'],
  ['rest.port', 'int', '8083', 'low', 'Port of the REST API.'],
  ['listeners', 'list', 'http://:8083', 'low', 'Addresses of the REST API.'],
  ['rest.advertised.host.name', 'string', null, 'low', 'Host that other workers use.'],
  ['rest.advertised.port', 'int', null, 'low', 'Port that other workers use.'],
  ['rest.advertised.listener', 'string', null, 'low', 'Listener that other workers use.'],
  ['rest.extension.classes', 'list', '', 'low', 'Extensions of the REST API.'],
  ['response.http.headers.config', 'string', '', 'low', 'Headers of its answers.'],
  ['access.control.allow.origin', 'string', '', 'low', 'Header for requests of other origins.'],
  ['access.control.allow.methods', 'string', '', 'low', 'Methods for requests of other origins.'],
  ['admin.listeners', 'list', null, 'low', 'Addresses of the admin API.'],
  ['admin.listeners.*', 'password', null, 'low', 'TLS of the admin API.'],
  ['listeners.https.*', 'password', null, 'low', 'TLS of the REST API.'],
  ['ssl.client.auth', 'string', 'none', 'low', 'Whether clients of the REST API show a certificate.'],
]);
