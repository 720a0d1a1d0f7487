// Which converter a sink has, its own or the worker's, and what its properties say.
import type { Values } from './check';
import { CONVERTERS, HEADER_CONVERTERS } from './definitions/converter';
import type { RegistryConfig } from './model';
import { textOf } from './rule';
import type { ConverterConfig, SinkConverters } from './sink-model';

export type Side = 'value' | 'key';

/** A converter as far as rules look at it. */
export interface KnownConverter {
  readonly kind: ConverterConfig['kind'];
  /** Of the class. */
  readonly name: string;
  /** Of the file that names it: its settings stand there, too, as in Connect. */
  readonly values: Values;
  /** Whether its values come with a schema. */
  readonly schemas: boolean;
}

/** Undefined: neither file names one that there is. */
export function converterOf(side: Side, own: Values, worker: Values): KnownConverter | undefined {
  const property = `${side}.converter`;
  const values = own.find(property) === undefined ? worker : own;
  const name = textOf(values, property);
  const kind = (Object.keys(CONVERTERS) as ConverterConfig['kind'][]).find((known) => CONVERTERS[known] === name);
  if (kind === undefined || name === undefined) return undefined;
  return { kind, name, values, schemas: kind !== 'json' || values.find(`${property}.schemas.enable`) === true };
}

/** As `converterOf`. */
export function headerConverterOf(own: Values, worker: Values): SinkConverters['headers'] | undefined {
  const name = textOf(own, 'header.converter') ?? textOf(worker, 'header.converter') ?? HEADER_CONVERTERS.simple;
  return (['simple', 'string'] as const).find((kind) => HEADER_CONVERTERS[kind] === name);
}

/** Of files without faults. A key that is not stored is not converted, whatever its converter. */
export function buildConverters(own: Values, worker: Values): SinkConverters {
  return {
    value: buildConverter('value', converterOf('value', own, worker)),
    key: buildConverter('key', own.flag('store.kafka.keys') ? converterOf('key', own, worker) : undefined),
    headers: headerConverterOf(own, worker) ?? 'simple',
  };
}

function buildConverter(side: Side, converter: KnownConverter | undefined): ConverterConfig {
  if (converter === undefined) return { kind: 'bytes' };
  const { kind, values, schemas } = converter;
  switch (kind) {
    case 'avro':
      return { kind, registry: buildRegistry(side, values) };
    case 'glue':
      return { kind, ...textsOf(values, side) };
    case 'json':
      return { kind, schemas };
    case 'string':
      return { kind, encoding: values.text(`${side}.converter.converter.encoding`).toUpperCase() };
    case 'bytes':
      return { kind };
  }
}

function textsOf(values: Values, side: Side): { readonly region?: string; readonly endpoint?: string } {
  const region = textOf(values, `${side}.converter.region`);
  const endpoint = textOf(values, `${side}.converter.endpoint`);
  return { ...(region === undefined ? {} : { region }), ...(endpoint === undefined ? {} : { endpoint }) };
}

/** User and password stand in the URL, or in a property of their own; the URL that is kept has none. */
export function buildRegistry(side: Side, values: Values): RegistryConfig {
  const [url = ''] = (values.find(`${side}.converter.schema.registry.url`) ?? []) as readonly string[];
  const [, scheme, inUrl, rest] = /^(https?:\/\/)(?:([^/]*)@)?(.*)$/.exec(url) ?? [];
  if (scheme === undefined || rest === undefined) return { url };
  const own = userInfosOf(side)
    .map((name) => textOf(values, name))
    .find((text) => text !== undefined);
  const basicAuth = own ?? (inUrl === undefined ? undefined : decodeURIComponent(inUrl));
  return { url: `${scheme}${rest.replace(/\/+$/, '')}`, ...(basicAuth === undefined ? {} : { basicAuth }) };
}

/** Two names of one property. */
export function userInfosOf(side: Side): readonly string[] {
  return [`${side}.converter.basic.auth.user.info`, `${side}.converter.schema.registry.basic.auth.user.info`];
}
