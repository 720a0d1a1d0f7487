// jdbc:aws-dataapi://CLUSTER_ARN/DATABASE?secretArn=…
import { describe, expect, test } from '@jest/globals';
import { parseConnectionUrl } from '../../../src/config/connection-url';

const CLUSTER = 'arn:aws:rds:eu-west-1:123456789012:cluster:shop';
const SECRET = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds/shop-AbCdEf';

describe('a connection URL of the RDS Data API', () => {
  test.each([
    [`jdbc:aws-dataapi://${CLUSTER}/shop?secretArn=${SECRET}`, CLUSTER, SECRET, 'shop'],
    [
      `jdbc:aws-dataapi://${encodeURIComponent(CLUSTER)}/my%20shop?secretArn=${encodeURIComponent(SECRET)}`,
      CLUSTER,
      SECRET,
      'my shop',
    ],
    [
      'jdbc:aws-dataapi://arn:aws-cn:rds:cn-north-1:123456789012:cluster:a/b?secretArn=arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:s',
      'arn:aws-cn:rds:cn-north-1:123456789012:cluster:a',
      'arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:s',
      'b',
    ],
    ['jdbc:aws-dataapi://<cluster>/postgres', '<cluster>', '<secret>', 'postgres'],
    ['jdbc:aws-dataapi://<cluster>/postgres?secretArn=<mine>', '<cluster>', '<mine>', 'postgres'],
  ])('%s is read', (url, clusterArn, secretArn, database) =>
    expect(parseConnectionUrl(url)).toEqual({ value: { clusterArn, secretArn, database } }),
  );

  test.each([
    ['jdbc:aws-dataapi://shop/shop', 'has no ARN of an Aurora cluster behind jdbc:aws-dataapi://', 'arn:aws:rds:'],
    ['jdbc:aws-dataapi:shop', 'has no ARN of an Aurora cluster behind jdbc:aws-dataapi://', 'arn:aws:rds:'],
    [
      'jdbc:aws-dataapi://arn:aws:rds:eu-west-1:123456789012:db:shop/shop',
      'names an instance, and the RDS Data API is there for Aurora clusters alone',
      'cluster:NAME',
    ],
    [
      'jdbc:aws-dataapi://arn:aws:rds:eu-west-1:12345:cluster:shop/shop',
      'has no ARN of an Aurora cluster behind jdbc:aws-dataapi://',
      'cluster:NAME',
    ],
    [`jdbc:aws-dataapi://${CLUSTER}?secretArn=${SECRET}`, 'names no database', '/postgres'],
    [`jdbc:aws-dataapi://${CLUSTER}/?secretArn=${SECRET}`, 'names no database', '/postgres'],
    [`jdbc:aws-dataapi://${CLUSTER}/shop`, 'has no secretArn, of the secret with user and password', '?secretArn='],
    [`jdbc:aws-dataapi://${CLUSTER}/shop?secretArn=`, 'has no secretArn, of the secret with user and password', 'arn:'],
    [
      `jdbc:aws-dataapi://<cluster>/shop?secretArn=${SECRET}`,
      'has a secretArn beside a placeholder: the deployment makes a secret with the cluster',
      'take it out',
    ],
    [`jdbc:aws-dataapi://${CLUSTER}/shop?secretArn=<s>`, 'has a secretArn that is no ARN of a secret', 'arn:aws:'],
    [
      `jdbc:aws-dataapi://${CLUSTER}/shop?secretArn=shop-secret`,
      'has a secretArn that is no ARN of a secret',
      'arn:aws:secretsmanager',
    ],
    [
      `jdbc:aws-dataapi://${CLUSTER}/shop?secretArn=${SECRET.replace('eu-west-1', 'us-east-1')}`,
      'has a secretArn in another region than the cluster',
      "in the cluster's region",
    ],
    [
      `jdbc:aws-dataapi://${CLUSTER}/shop?user=u&secretArn=${SECRET}`,
      'has a parameter user, which the RDS Data API has no use for',
      'secretArn is the only one',
    ],
    [
      `jdbc:aws-dataapi://${CLUSTER}/shop?hunter%202&secretArn=${SECRET}`,
      'has a parameter that the RDS Data API has no use for',
      'take it out',
    ],
  ])('%s is refused', (url, what, write) =>
    expect(parseConnectionUrl(url)).toEqual({ problem: { what, write: expect.stringContaining(write) } }),
  );
});
