// What others do to a sink's bucket and registry while it is at work.
import { sizeOf } from '../../src/sink/partition-state';
import { decodeState } from '../../src/sink/state-form';
import { failure } from './calls';
import type { Run } from './run';
import { scriptedRegistry } from './scripted-log';

/** Now and then something, when nobody sleeps: a late writer would rightly be surprised. */
export async function strangersAct(run: Run): Promise<void> {
  if (run.profile.kind !== 'strangers' || run.frozen.size + run.awake.size > 0) return;
  // Who has read the list before others forgot it puts a file again that was moved away since: nothing on S3 can prevent that (ADR 6).
  if (run.live === undefined && run.random.chance(0.4)) await moveAway(run);
  if (run.random.chance(0.1)) await putInTheWay(run);
  if (run.random.chance(0.02)) run.registryFailures = run.random.integer(1, 5);
}

/** The registry, which fails for a while: that is never a record's fault. */
export function failingRegistry(run: Run): typeof scriptedRegistry {
  return (config) => {
    const registry = scriptedRegistry(config);
    const mayFail = () => {
      if (run.registryFailures === 0) return;
      run.registryFailures -= 1;
      run.story.push('  the registry fails');
      throw failure('the registry');
    };
    return {
      ...registry,
      schemaById: async (id) => {
        mayFail();
        return registry.schemaById(id);
      },
      versionOf: async (subject, id) => {
        mayFail();
        return registry.versionOf(subject, id);
      },
    };
  };
}

/** A consumer takes a file that is closed, and that no state lists any more. */
async function moveAway({ bucket, strange, movedAway, state, random, story }: Run): Promise<void> {
  const listed = new Set((await closingIn(state)).map(({ key }) => key));
  const keys = [...bucket.objects.keys()].filter((key) => !listed.has(key) && !strange.has(key));
  const key = keys[random.integer(0, keys.length - 1)];
  const body = key === undefined ? undefined : bucket.objects.get(key);
  if (key === undefined || body === undefined) return;
  story.push(`  a consumer moves ${key} away`);
  bucket.remove(key);
  movedAway.set(key, body);
}

/** Somebody puts as many other bytes where a complete file is about to be. */
async function putInTheWay(run: Run): Promise<void> {
  const { bucket, strange, state, random, story } = run;
  const missing = (await closingIn(state)).filter(({ key }) => !bucket.objects.has(key));
  const file = missing[random.integer(0, missing.length - 1)];
  if (file === undefined || strange.size > 0 || run.intrusionsLeft === 0) return;
  run.intrusionsLeft -= 1;
  const body = Buffer.alloc(sizeOf(file), '!');
  story.push(`  a stranger puts ${body.length} bytes at ${file.key}`);
  bucket.overwrite(file.key, body);
  strange.set(file.key, body);
}

/** Once a writer has said that files are in its way, they are taken out of it. None may have been overwritten. */
export function clearTheWay(run: Run): void {
  if (!run.isStrangeSaid) return;
  for (const [key, body] of run.strange) {
    if (run.bucket.objects.get(key)?.equals(body) !== true)
      run.unexpected.push(`the stranger's ${key} was overwritten`);
    run.story.push(`  the stranger's ${key} is moved away`);
    run.bucket.remove(key);
  }
  run.strange.clear();
  run.isStrangeSaid = false;
}

async function closingIn(state: Run['state']) {
  const keys = await state.list('');
  const objects = await Promise.all(keys.map((key) => state.read(key)));
  return objects.flatMap((object) => (object === undefined ? [] : decodeState(object.body, '').closing));
}
