// What the connector files cannot say about a deployment: the `connectless.*` values of cdk.json's context.
import { check, type Values } from '../../src/config/check';
import type { Property } from '../../src/config/properties';
import type { Fault } from '../../src/config/report';
import { textOf } from '../../src/config/rule';
import { settingDefinitions } from './setting-definitions';

export interface Settings {
  /** Folder with `worker.properties` and the connectors' files. */
  readonly connectors: string;
  /** Before the names of stacks and functions. */
  readonly name: string;
  /** Availability zones of a VPC that is made. */
  readonly zones: 2 | 3;
  /** Their names; absent: the first ones of the account. */
  readonly zoneNames?: readonly string[];
  /** Absent: one is made. */
  readonly vpc?: ExistingVpc;
  readonly cluster: ClusterSettings;
  readonly database: DatabaseSettings;
  /** Gets the alarms by mail. */
  readonly alarmEmail?: string;
}

export interface ExistingVpc {
  readonly id: string;
  readonly availabilityZones: readonly string[];
  /** One in each zone, in their order. */
  readonly subnetIds: readonly string[];
  /** Of S3 in the region; absent: asked for at deployment. */
  readonly s3PrefixListId?: string;
}

export interface ClusterSettings {
  readonly type: 'provisioned' | 'serverless';
  /** Of an existing cluster; absent: one is made. */
  readonly arn?: string;
  /** Of an existing cluster. */
  readonly securityGroupId?: string;
  readonly instanceType: string;
  /** GiB of each broker. */
  readonly storageGib: number;
}

interface DatabaseSettings {
  readonly engine: 'aurora' | 'rds';
  /** Of an existing database, to let the source in. */
  readonly securityGroupId?: string;
  /** `cluster-…` or `db-…` of an existing one, for IAM authentication. */
  readonly resourceId?: string;
  readonly instanceType: string;
}

/**
 * `context`: the app's whole context; keys that do not begin with `connectless.` are the CDK's own.
 * `lineOf`: where cdk.json sets a key, undefined when it comes from elsewhere (`-c`).
 */
export function settingsOf(
  context: Readonly<Record<string, unknown>>,
  lineOf: (key: string) => number | undefined,
): { readonly settings: Settings; readonly faults: readonly Fault[] } {
  const properties = Object.entries(context)
    .filter(([key]) => key.startsWith('connectless.'))
    .map(([key, value]): Property => ({ key, ...written(value), line: lineOf(key) ?? 0 }));
  const { values, faults } = check({ file: 'cdk.json', properties, faults: [] }, settingDefinitions, () => undefined);
  const settings = build(values);
  return { settings, faults: [...faults, ...whole(settings, values)].map(withoutLineZero) };
}

function written(value: unknown): Pick<Property, 'value' | 'written'> {
  const text = Array.isArray(value) ? value.join(',') : String(value);
  return { value: text, written: text };
}

function withoutLineZero({ line, ...fault }: Fault): Fault {
  return line === 0 || line === undefined ? fault : { ...fault, line };
}

function build(values: Values): Settings {
  const zoneNames = values.list('connectless.zone.names');
  const vpcId = textOf(values, 'connectless.vpc.id');
  const alarmEmail = textOf(values, 'connectless.alarm.email');
  return {
    connectors: values.text('connectless.connectors'),
    name: values.text('connectless.name'),
    zones: values.number('connectless.zones') === 2 ? 2 : 3,
    ...(zoneNames.length === 0 ? {} : { zoneNames }),
    ...(vpcId === undefined ? {} : { vpc: buildVpc(vpcId, values) }),
    cluster: {
      type: values.text('connectless.cluster.type') === 'serverless' ? 'serverless' : 'provisioned',
      ...optional('arn', textOf(values, 'connectless.cluster.arn')),
      ...optional('securityGroupId', textOf(values, 'connectless.cluster.security.group.id')),
      instanceType: values.text('connectless.cluster.instance.type'),
      storageGib: values.number('connectless.cluster.storage.gib'),
    },
    database: {
      engine: values.text('connectless.database.engine') === 'rds' ? 'rds' : 'aurora',
      ...optional('securityGroupId', textOf(values, 'connectless.database.security.group.id')),
      ...optional('resourceId', textOf(values, 'connectless.database.resource.id')),
      instanceType: values.text('connectless.database.instance.type'),
    },
    ...(alarmEmail === undefined ? {} : { alarmEmail }),
  };
}

function buildVpc(id: string, values: Values): ExistingVpc {
  return {
    id,
    availabilityZones: values.list('connectless.vpc.availability.zones'),
    subnetIds: values.list('connectless.vpc.subnet.ids'),
    ...optional('s3PrefixListId', textOf(values, 'connectless.vpc.s3.prefix.list.id')),
  };
}

function optional<Name extends string>(name: Name, value: string | undefined): { [Key in Name]?: string } {
  return value === undefined ? {} : ({ [name]: value } as { [Key in Name]: string });
}

/** What no value says alone. */
function whole(settings: Settings, values: Values): Fault[] {
  return [...zoneFaults(settings), ...vpcFaults(settings, values), ...clusterFaults(settings)];
}

function fault(property: string, what: string, write: string): Fault {
  return { file: 'cdk.json', property, what, write };
}

function zoneFaults({ zones, zoneNames }: Settings): Fault[] {
  if (zoneNames === undefined || zoneNames.length === zones) return [];
  const what = `names ${zoneNames.length} zones, and connectless.zones is ${zones}`;
  return [fault('connectless.zone.names', what, 'name as many')];
}

function vpcFaults({ vpc, cluster }: Settings, values: Values): Fault[] {
  const property = 'connectless.vpc.subnet.ids';
  if (vpc === undefined) {
    if (values.list(property).length === 0) return [];
    return [fault('connectless.vpc.id', 'is missing, and subnets are named', 'add the id of their VPC')];
  }
  const faults: Fault[] = [];
  const subnets = vpc.subnetIds.length;
  if (subnets === 0 || subnets !== vpc.availabilityZones.length) {
    const what = `has ${subnets} subnets for ${vpc.availabilityZones.length} availability zones`;
    faults.push(fault(property, what, 'name one private subnet in each zone, and the zones in the same order'));
  }
  if (subnets === 1 || (subnets > 3 && cluster.arn === undefined)) {
    const what = `names ${subnets === 1 ? 'one subnet' : `${subnets} subnets`}`;
    faults.push(fault(property, what, 'name subnets in two zones or three: brokers and database stand in each'));
  }
  return faults;
}

function clusterFaults({ vpc, cluster }: Settings): Fault[] {
  if (cluster.arn === undefined) return [];
  const faults: Fault[] = [];
  if (vpc === undefined) {
    const write = "add connectless.vpc.id, .subnet.ids and .availability.zones of the cluster's VPC";
    faults.push(fault('connectless.vpc.id', 'is missing, and the existing cluster is in a VPC', write));
  }
  if (cluster.securityGroupId === undefined) {
    const what = 'is missing, and connectless.cluster.arn is set';
    faults.push(fault('connectless.cluster.security.group.id', what, 'add it: the functions are let in there'));
  }
  return faults;
}
