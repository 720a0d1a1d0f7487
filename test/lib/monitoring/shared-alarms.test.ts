import { describe, expect, test } from '@jest/globals';
import { sharedAlarms } from '../../../lib/monitoring/shared-alarms';

describe('the alarms of what connectors share', () => {
  test('ring for a broker’s disk and for a registry that fails', () => {
    const cluster = { name: 'c', type: 'provisioned' } as const;
    expect(sharedAlarms({ cluster, registry: { apiId: 'api' } })).toMatchObject([
      {
        runbook: 'brokers-disk',
        watches: { name: 'KafkaDataLogsDiskUsed', dimensions: { 'Cluster Name': 'c' }, statistic: 'Maximum' },
        threshold: 80,
        silence: { is: 'missing' },
      },
      {
        runbook: 'registry-5xx',
        watches: { namespace: 'AWS/ApiGateway', name: '5xx', dimensions: { ApiId: 'api' }, statistic: 'Sum' },
        threshold: 5,
        silence: { is: 'notBreaching' },
      },
    ]);
  });

  test('are none for MSK Serverless, which has no disk, and for a registry that is somebody else’s', () => {
    expect(sharedAlarms({ cluster: { name: 'c', type: 'serverless' } })).toEqual([]);
    expect(sharedAlarms({})).toEqual([]);
  });
});
