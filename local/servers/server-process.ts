// Starts a server's process, waits until it answers, and stops it by its pid.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ConnectlessError, messageOf } from '../../src/errors';
import type { RunRecord } from './leftover-rule';
import { endServer, recordOf, writeRecord } from './run-records';
import type { Server } from './server';

const patienceMs = 60_000;
const logLinesShown = 15;

export interface ServerProcess {
  readonly name: string;
  readonly url: string;
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment, so that nothing of the user's own changes the server. */
  readonly env: NodeJS.ProcessEnv;
  /** Whose process it is. @default our own */
  readonly account?: { readonly uid: number; readonly gid: number } | undefined;
  readonly directory: string;
  /** Ends it at once but in order. @default SIGTERM */
  readonly stopSignal?: NodeJS.Signals;
  /** Tried again and again: throws, or answers false, as long as the server does not answer; never waits long. */
  isReady(): Promise<boolean>;
}

/** Throws a ConnectlessError `SERVER_START` that names the log and shows its end; the log is kept then. */
export async function startServerProcess(server: ServerProcess): Promise<Server> {
  const child = launch(server);
  const { name, directory, stopSignal = 'SIGTERM' } = server;
  const record = child.pid === undefined ? undefined : recordOf({ name, pid: child.pid, stopSignal, directory });
  if (record === undefined) throw await failedToStart(server, 'it ended at once');
  writeRecord(record);
  const trouble = await waitUntilReady(server, child);
  if (trouble !== undefined) {
    const error = await failedToStart(server, trouble);
    await endServer({ ...record, directory: '' });
    throw error;
  }
  return { name, pid: record.pid, url: server.url, stop: stopOnce(record) };
}

/** In a session of its own: Ctrl-C is for us, and we stop the servers when those who use them are done. */
function launch(server: ServerProcess): ChildProcess {
  const log = openSync(logOf(server), 'a');
  const { uid, gid } = server.account ?? {};
  const child = spawn(server.command, server.args, {
    cwd: server.directory,
    env: server.env,
    stdio: ['ignore', log, log],
    detached: true,
    ...(uid === undefined || gid === undefined ? {} : { uid, gid }),
  });
  child.on('error', () => {}); // a command that cannot run has no pid: that is what we look at
  closeSync(log);
  return child;
}

/** Answers why it is not ready, undefined when it is. */
async function waitUntilReady(server: ServerProcess, child: ChildProcess): Promise<string | undefined> {
  let last = '';
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await setTimeout(50)) {
    if (child.exitCode !== null) return `it ended with status ${child.exitCode}`;
    if (child.signalCode !== null) return `it was ended by ${child.signalCode}`;
    try {
      if (await server.isReady()) return undefined;
    } catch (error) {
      last = `: ${messageOf(error)}`;
    }
  }
  return `it did not answer within ${patienceMs / 1000} s${last}`;
}

async function failedToStart(server: ServerProcess, why: string): Promise<ConnectlessError> {
  await setTimeout(100); // its last words may still be on their way into the file
  const lines = readFileSync(logOf(server), 'utf8').trimEnd().split('\n').slice(-logLinesShown);
  const message = `${server.name} did not start: ${why}. The end of its log, ${logOf(server)}:\n    ${lines.join('\n    ')}`;
  return new ConnectlessError('SERVER_START', message);
}

function stopOnce(record: RunRecord): () => Promise<void> {
  let stopped: Promise<void> | undefined;
  return () => {
    stopped ??= endServer(record);
    return stopped;
  };
}

function logOf({ name, directory }: ServerProcess): string {
  return join(directory, `${name.toLowerCase()}.log`);
}
