// The registry's HTTP API.
import { describe, expect, test } from '@jest/globals';
import { read } from '../synthesis/read';

const { all, only } = read('Pipeline');

describe('the registry', () => {
  test('lets in who signs, on every route', () => {
    const routes = all('AWS::ApiGatewayV2::Route').map(({ Properties }) => Properties);
    expect(routes.map(({ RouteKey, AuthorizationType }) => [RouteKey, AuthorizationType])).toEqual([
      ['ANY /', 'AWS_IAM'],
      ['ANY /{proxy+}', 'AWS_IAM'],
    ]);
    expect(only('AWS::ApiGatewayV2::Api').Properties).toMatchObject({
      Name: 'connectless-registry',
      ProtocolType: 'HTTP',
    });
  });

  test('slows down who asks too often, and logs every request', () => {
    expect(only('AWS::ApiGatewayV2::Stage').Properties).toMatchObject({
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
      AccessLogSettings: { DestinationArn: {}, Format: expect.stringContaining('$context.status') },
    });
  });

  test('is not made where there is one', () => {
    expect(all('AWS::ApiGatewayV2::Api', 'existing')).toEqual([]);
    expect(all('AWS::ApiGatewayV2::Route', 'existing')).toEqual([]);
  });
});
