// What cfn-lint says of templates: one process for all, kept with the syntheses.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parts } from '../../../local/servers/parts';

/** Redundant dependencies are the CDK's own. */
const IGNORED = ['W3005'];

/** By the name of each template; answers a line for each finding: name, rule, what is wrong. `kept`: a file that keeps the answer. */
export function lint(templates: ReadonlyMap<string, unknown>, kept: string): readonly string[] {
  if (!existsSync(kept)) writeFileSync(kept, JSON.stringify(run(templates)));
  return JSON.parse(readFileSync(kept, 'utf8'));
}

function run(templates: ReadonlyMap<string, unknown>): string[] {
  const directory = mkdtempSync(join(tmpdir(), 'connectless-lint-'));
  try {
    const files = [...templates].map(([name, template]) => {
      const file = join(directory, `${name}.json`);
      writeFileSync(file, JSON.stringify(template));
      return file;
    });
    const lines = cfnLint(['--format', 'parseable', '-i', ...IGNORED, '--', ...files]).split('\n');
    // file:line:column:line:column:rule:what
    return lines.flatMap((line) => {
      const [, file, rule, what] = /^(.*?)\.json(?::\d+){4}:(\w+):(.*)$/.exec(line) ?? [];
      return file === undefined ? [] : [`${file.slice(directory.length + 1)} ${rule}: ${what}`];
    });
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Its exit status is a sum of what it found. */
function cfnLint(options: readonly string[]): string {
  const program = 'import sys; from cfnlint.runner import main; sys.exit(main())';
  try {
    return execFileSync(parts().deployPython, ['-c', program, ...options], { encoding: 'utf8' });
  } catch (error) {
    const { status, stdout, stderr } = Object(error);
    if (typeof status === 'number' && status > 1 && stderr === '') return stdout;
    throw error;
  }
}
