// A process that appends its lines to one state object, as one of several that want it at once: DIRECTORY NAME COUNT.
import { directoryState } from '../../../src/state/directory';

const [root = '', name = '', count = '0'] = process.argv.slice(2);
const store = directoryState(root);
const key = 'hammered/object';

async function append(line: string): Promise<void> {
  for (;;) {
    const now = await store.read(key);
    const text = now?.body.toString() ?? '';
    // A conflict may be false: the line is there although its writer was told that somebody was first.
    if (text.includes(line)) return;
    const body = Buffer.from(text + line);
    const version = now === undefined ? await store.create(key, body) : await store.replace(key, body, now.version);
    if (version !== undefined) return;
  }
}

async function main(): Promise<void> {
  for (let index = 0; index < Number(count); index += 1) await append(`${name}:${index};\n`);
}

void main();
