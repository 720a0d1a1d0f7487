import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Template } from 'aws-cdk-lib/assertions';
import { monitoring, pipeline, tutorial } from './pipeline';

const root = join(__dirname, '..', '..', '..');
const runbook = readFileSync(join(root, 'docs', 'runbook.md'), 'utf8');

/** By its heading of the second level. */
function chapter(title: string): string {
  return runbook.split(/^## /m).find((text) => text.startsWith(`${title}\n`)) ?? '';
}

function headings(text: string): string[] {
  return [...text.matchAll(/^### (.*)$/gm)].map(([, heading = '']) => heading);
}

/** As the alarms' descriptions name them. */
function allEntries(): Set<string> {
  const of = pipeline();
  const alarms = Template.fromStack(monitoring(of, tutorial(of))).findResources('AWS::CloudWatch::Alarm');
  const named = Object.values(alarms).map(({ Properties }) =>
    /docs\/runbook\.md#(\S+)$/.exec(Properties.AlarmDescription),
  );
  return new Set(named.map((found) => found?.[1] ?? 'an alarm without an entry'));
}

/** Of what runs in a deployment; what only makes one tells CloudFormation its errors, and a finding has its cure with it. */
function sourceText(): string {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
  const code = files.filter((file) => file.endsWith('.ts') && !/^(custom-resource|preflight)\//.test(file));
  return code.map((file) => readFileSync(join(root, 'src', file), 'utf8')).join('\n');
}

/** First arguments of what makes a ConnectlessError, and codes that stand in tables. */
function thrownCodes(): Set<string> {
  const makes =
    /(?:ConnectlessError\(|\bmake\(|\bfault\(|\bfailed\('[A-Z_]+',|refused\(input, record,|code:)\s*'([A-Z][A-Z0-9_]+)'/g;
  const chosen = /known\?\.code \?\? '([A-Z_]+)'/g;
  const text = sourceText();
  return new Set([...text.matchAll(makes), ...text.matchAll(chosen)].map(([, code = '']) => code));
}

function tableCodes(text: string): Set<string> {
  const cells = [...text.matchAll(/^\| ((?:`[A-Z0-9_]+`[^|]*?)+) \|/gm)].map(([, cell = '']) => cell);
  return new Set(cells.flatMap((cell) => [...cell.matchAll(/`([A-Z0-9_]+)`/g)].map(([, code = '']) => code)));
}

describe('the runbook', () => {
  test('has an entry for every alarm, and no entry without an alarm', () => {
    expect(new Set(headings(chapter('Alarms')))).toEqual(allEntries());
  });

  test('says in every entry what it means, what to look at and what to do', () => {
    for (const entry of chapter('Alarms').split(/^### /m).slice(1)) {
      expect(entry).toMatch(/^[^\n]+\n\n\*\*Means\.\*\* .*\n\n\*\*Look\.\*\*.*\n\n\*\*Do\.\*\* /s);
    }
  });

  test('has a cure for every code that the functions throw, and for no other', () => {
    const codes = thrownCodes();
    expect(codes).toContain('UPLOAD_LOST');
    expect(codes).toContain('NULL_VALUE');
    expect(codes).toContain('S3_ACCESS_DENIED');
    expect(codes).toContain('POSTGRES_TLS');
    expect([...new Set([...tableCodes(chapter('Alarms')), ...tableCodes(chapter('Error codes'))])].sort()).toEqual(
      [...codes].sort(),
    );
  });

  test('has the place that every link in it leads to', () => {
    const anchors = new Set(
      [...runbook.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading.toLowerCase().replaceAll(' ', '-')),
    );
    const links = [...runbook.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor = '']) => anchor);
    expect(links.length).toBeGreaterThan(20);
    expect(links.filter((anchor) => !anchors.has(anchor))).toEqual([]);
  });
});
