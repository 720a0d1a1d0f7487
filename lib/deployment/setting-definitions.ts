// What is known of the settings of a deployment, as data: from it come their validation and their part of docs/configuration.md.
import { type Definition, used } from '../../src/config/definition';
import { atLeast, atMost, notEmpty, oneOf, text } from '../../src/config/validators';

const arn = text('`arn:aws:kafka:REGION:ACCOUNT:cluster/NAME/UUID`', (value) =>
  /^arn:[\w-]+:kafka:[\w-]+:\d{12}:cluster\/[^/]+\/[\w-]+$/.test(value)
    ? undefined
    : { what: 'is no ARN of an MSK cluster', write: 'write arn:aws:kafka:REGION:ACCOUNT:cluster/NAME/UUID' },
);

/** `vpc-0a1b2c3d`: eight hexadecimal digits, or seventeen. */
function identifier(prefix: string): ReturnType<typeof text> {
  return matching(new RegExp(`^${prefix}-([0-9a-f]{8}|[0-9a-f]{17})$`), `${prefix}-0123456789abcdef0`);
}

function matching(pattern: RegExp, example: string): ReturnType<typeof text> {
  return text(`\`${example}\``, (value) =>
    pattern.test(value) ? undefined : { what: 'is no such id', write: `write one such as ${example}` },
  );
}

/** A database's identifier, too, and AWS wants no dash at its end and no two together. */
const stackName = text('small letters, digits, single `-` between them, up to 20', (value) =>
  /^[a-z](-?[a-z0-9])*$/.test(value) && value.length <= 20
    ? undefined
    : { what: 'is no name', write: 'use small letters, digits and single "-" between them, up to 20, a letter first' },
);

const instanceTypes = text('`kafka.…`', (value) =>
  /^kafka\.[a-z0-9]+\.\w+$/.test(value)
    ? undefined
    : { what: 'is no type of broker', write: 'write for example kafka.m7g.large' },
);

const databaseInstance = text('`t4g.micro`, without `db.`', (value) =>
  /^(?!db\.)[a-z0-9]+\.[a-z0-9-]+$/.test(value)
    ? undefined
    : { what: 'is no type of instance', write: 'write for example t4g.micro, without db.' },
);

export const settingDefinitions: readonly Definition[] = used([
  [
    'connectless.connectors',
    'string',
    'connectors',
    'high',
    'Folder of worker.properties and the connectors.',
    notEmpty,
  ],
  [
    'connectless.name',
    'string',
    'connectless',
    'medium',
    'Before the names of stacks and functions; for good.',
    stackName,
  ],
  [
    'connectless.zones',
    'int',
    '3',
    'medium',
    'Availability zones of a VPC that is made; for good: brokers stand in each.',
    oneOfNumbers(2, 3),
  ],
  ['connectless.vpc.id', 'string', null, 'high', 'Existing VPC.', identifier('vpc')],
  [
    'connectless.zone.names',
    'list',
    '',
    'low',
    'Names of these zones, where the first ones of the account will not do: MSK is not in every zone.',
  ],
  ['connectless.vpc.availability.zones', 'list', '', 'high', 'Zones of its subnets, in their order.'],
  ['connectless.vpc.subnet.ids', 'list', '', 'high', 'Its private subnets.', identifier('subnet')],
  ['connectless.vpc.s3.prefix.list.id', 'string', null, 'low', "The region's prefix list of S3.", identifier('pl')],
  [
    'connectless.cluster.type',
    'string',
    'provisioned',
    'high',
    'Type of the MSK cluster; for good.',
    oneOf('provisioned', 'serverless'),
  ],
  ['connectless.cluster.arn', 'string', null, 'high', 'Existing MSK cluster.', arn],
  ['connectless.cluster.security.group.id', 'string', null, 'high', 'Its security group.', identifier('sg')],
  [
    'connectless.cluster.instance.type',
    'string',
    'kafka.m7g.large',
    'medium',
    'Type of its brokers. From t3 there is no way to others: it has no KRaft.',
    instanceTypes,
  ],
  ['connectless.cluster.storage.gib', 'int', '100', 'medium', 'GiB of each broker.', atLeast(1)],
  [
    'connectless.database.engine',
    'string',
    'aurora',
    'high',
    'Database that is made; for good.',
    oneOf('aurora', 'rds'),
  ],
  [
    'connectless.database.instance.type',
    'string',
    't4g.micro',
    'low',
    'Instance of an RDS database that is made.',
    databaseInstance,
  ],
  [
    'connectless.database.security.group.id',
    'string',
    null,
    'medium',
    'Security group of an existing database, to let the source in.',
    identifier('sg'),
  ],
  [
    'connectless.database.resource.id',
    'string',
    null,
    'medium',
    'Resource id of an existing database, for IAM authentication.',
    matching(/^(cluster|db)-[A-Z0-9]{26}$/, 'cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ'),
  ],
  ['connectless.alarm.email', 'string', null, 'medium', 'Gets the alarms by mail.', notEmpty],
]);

function oneOfNumbers(low: number, high: number) {
  const [least, most] = [atLeast(low), atMost(high)];
  return {
    valid: `${low} or ${high}`,
    check: (value: Parameters<typeof least.check>[0]) => least.check(value) ?? most.check(value),
  };
}
