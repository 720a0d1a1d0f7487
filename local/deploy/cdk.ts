// The CDK's command line against the emulator: bootstrap, synth, deploy, destroy, as a user runs them.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ConnectlessError, messageOf } from '../../src/errors';
import { type MiniStack, rootCredentials } from '../servers/ministack';
import { projectRoot } from '../servers/parts';

/** By stack and name. */
export type Outputs = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface Cdk {
  bootstrap(): Promise<void>;
  /** Synthesises the project's app with this context into the directory. */
  synth(assembly: string, context: Readonly<Record<string, string>>): Promise<void>;
  /** All stacks of a synthesised app. */
  deploy(assembly: string): Promise<Outputs>;
  destroy(assembly: string): Promise<void>;
}

export const region = 'us-east-1';
/** MiniStack's own. */
const account = '000000000000';
const cli = join(projectRoot, 'node_modules', 'aws-cdk', 'bin', 'cdk');
const quiet = ['--no-notices', '--no-color'];
const linesShown = 25;

/** `directory` becomes the home of the command line: nothing of the user's own is read, and nothing is left there. */
export function cdkAgainst(miniStack: MiniStack, directory: string, signal: AbortSignal): Cdk {
  const env = environment(miniStack, directory);
  const cdk = async (command: string, args: readonly string[], cwd = projectRoot): Promise<void> => {
    try {
      const options = { cwd, env, signal, maxBuffer: 64 * 1024 * 1024 };
      await promisify(execFile)(process.execPath, [cli, command, ...quiet, ...args], options);
    } catch (error) {
      throw signal.aborted ? interrupted(command) : failed(command, error);
    }
  };
  return {
    async bootstrap() {
      // Where there is no cdk.json: the app would be synthesised for nothing.
      await cdk('bootstrap', [`aws://${account}/${region}`], directory);
    },
    async synth(assembly, context) {
      const values = Object.entries(context).flatMap(([name, value]) => ['--context', `${name}=${value}`]);
      await cdk('synth', ['--quiet', '--output', assembly, ...values]);
    },
    async deploy(assembly) {
      const outputs = join(directory, 'outputs.json');
      await cdk('deploy', ['--app', assembly, '--all', '--require-approval', 'never', '--outputs-file', outputs]);
      return JSON.parse(await readFile(outputs, 'utf8'));
    },
    async destroy(assembly) {
      await cdk('destroy', ['--app', assembly, '--all', '--force']);
    },
  };
}

function environment({ url, certificate }: MiniStack, directory: string): NodeJS.ProcessEnv {
  const path = [join(projectRoot, 'node_modules', '.bin'), dirname(process.execPath), process.env.PATH];
  return {
    PATH: path.join(delimiter),
    HOME: directory,
    AWS_ENDPOINT_URL: url,
    AWS_CA_BUNDLE: certificate,
    NODE_EXTRA_CA_CERTS: certificate,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: rootCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: rootCredentials.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
  };
}

function interrupted(command: string): ConnectlessError {
  return new ConnectlessError('INTERRUPTED', `cdk ${command} was interrupted.`);
}

function failed(command: string, error: unknown): ConnectlessError {
  const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
  const said = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '');
  const lines = said.length === 0 ? [messageOf(error)] : said.slice(-linesShown);
  return new ConnectlessError('CDK_FAILED', `cdk ${command} failed:\n    ${lines.join('\n    ')}`, { cause: error });
}
