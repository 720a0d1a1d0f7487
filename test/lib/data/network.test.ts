// The VPC that is made, and what one that is there gets.
import { describe, expect, test } from '@jest/globals';
import type { ConfigurationName } from '../synthesis/configurations';
import { read } from '../synthesis/read';

const { template, all } = read('Data');

describe('the network', () => {
  test('has no way out, and none in', () => {
    for (const type of ['InternetGateway', 'NatGateway', 'EIP', 'VPCGatewayAttachment', 'Route']) {
      expect([type, all(`AWS::EC2::${type}`)]).toEqual([type, []]);
    }
    expect(all('AWS::EC2::Subnet').map(({ Properties }) => Properties.MapPublicIpOnLaunch)).toEqual([
      false,
      false,
      false,
    ]);
    expect(all('AWS::EC2::FlowLog')).toHaveLength(1);
  });

  const endpoints = (name: ConfigurationName) =>
    all('AWS::EC2::VPCEndpoint', name).map(
      ({ Properties }) =>
        `${Properties.VpcEndpointType} ${JSON.stringify(Properties.ServiceName).match(/\.(\w+)"\]/)?.[1]}`,
    );

  test('has the endpoints of Lambda and STS only where a trigger is on demand: they cost by the hour', () => {
    expect(endpoints('defaults')).toEqual(['Gateway s3', 'Interface lambda', 'Interface sts']);
    expect(endpoints('several')).toEqual(['Gateway s3', 'Interface lambda', 'Interface sts']);
    expect(endpoints('provisioned-mode')).toEqual(['Gateway s3']);
  });

  test('that is there gets nothing but security groups', () => {
    const network = Object.values(template('own-vpc').Resources).filter(({ Type }) => Type.startsWith('AWS::EC2::'));
    expect(new Set(network.map(({ Type }) => Type.replace(/(In|E)gress$/, '')))).toEqual(
      new Set(['AWS::EC2::SecurityGroup']),
    );
  });
});
