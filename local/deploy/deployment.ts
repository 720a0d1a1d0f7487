// Deployments of one site, one after the other: synthesised, adapted, deployed; then what MiniStack left undone is done.
import { join } from 'node:path';
import { PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { type Assembly, adaptAssembly } from './assembly';
import { cdkAgainst, type Outputs } from './cdk';
import type { Cloud } from './cloud';
import { contextOf, type Site } from './connector-set';
import { concurrencyOf, mappingsOf } from './left-undone';
import { localTriggers } from './triggers';

export interface Deployment {
  bootstrap(): Promise<void>;
  /** The app from the connector files as they are now. */
  synth(): Promise<Assembly>;
  deploy(app: Assembly): Promise<Outputs>;
  /** Everything that the last deployment has made. */
  destroy(): Promise<void>;
  /** Ends the triggers. */
  stop(): Promise<void>;
}

export interface DeploymentOptions {
  readonly site: Site;
  readonly cloud: Cloud;
  /** Gets the synthesised apps. */
  readonly directory: string;
  readonly signal: AbortSignal;
  /** What a trigger's invocation failed with. */
  readonly onFailure: (line: string) => void;
}

export function deploymentOf({ site, cloud, directory, signal, onFailure }: DeploymentOptions): Deployment {
  const cdk = cdkAgainst(cloud.miniStack, directory, signal);
  const triggers = localTriggers(kafkaOf(cloud), cloud.lambda, onFailure);
  let synthesised = 0;
  let last: Assembly | undefined;

  return {
    bootstrap: cdk.bootstrap,
    async synth() {
      synthesised += 1;
      const assembly = join(directory, `app-${synthesised}`);
      await cdk.synth(assembly, contextOf(site));
      return adaptAssembly(assembly);
    },
    async deploy(app) {
      last = app;
      const outputs = await cdk.deploy(app.directory);
      await reserveConcurrency(cloud, app);
      await triggers.follow(mappingsOf(app.pipeline));
      return outputs;
    },
    async destroy() {
      await triggers.stop();
      if (last !== undefined) await cdk.destroy(last.directory);
    },
    stop: triggers.stop,
  };
}

async function reserveConcurrency({ lambda }: Cloud, { pipeline }: Assembly): Promise<void> {
  for (const [FunctionName, ReservedConcurrentExecutions] of concurrencyOf(pipeline)) {
    await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }));
  }
}

function kafkaOf({ kafkaBrokers }: Cloud) {
  return {
    brokers: kafkaBrokers.split(','),
    securityProtocol: 'PLAINTEXT',
    clientId: 'connectless-triggers',
    requestTimeoutMs: 30_000,
  } as const;
}
