import { describe, expect, test } from '@jest/globals';
import { patternFaults, patternNotes, withMatchedTopics } from '../../../lib/deployment/matched-topics';
import { faultLine, noteLine } from '../../../src/config/report';
import { PROCESSOR, type Properties, SINK, SOURCE } from '../../src/config/files';
import { decided } from './decided';

function matched(pattern: string, ...others: Properties[]) {
  const { topics: _, ...sink } = SINK;
  const { config, connectors: files } = decided({ connectors: [{ ...sink, 'topics.regex': pattern }, ...others] });
  const pipeline = withMatchedTopics(config);
  const fileOf = (connector: (typeof pipeline.connectors)[number]) => {
    const file = files[pipeline.connectors.indexOf(connector)];
    if (file === undefined) throw new Error('it has no file');
    return file;
  };
  const [own] = pipeline.connectors;
  return {
    topics: own?.kind === 'sink' ? own.topics : undefined,
    faults: patternFaults(pipeline, fileOf).map(faultLine),
    notes: patternNotes(pipeline, fileOf).map(noteLine),
  };
}

const source = { ...SOURCE, 'table.whitelist': 'stock,prices' };

describe('the topics of a pattern', () => {
  test('are those that the other connector files name and that match it as a whole, in the order of their names', () => {
    expect(matched('(in|out)-.*', source, PROCESSOR).topics).toEqual(['in-prices', 'in-stock', 'out-prices']);
    expect(matched('in', source).topics).toEqual([]);
  });

  test('are noted, with what is to be done about others', () => {
    expect(matched('in-.*', source).notes).toEqual([
      "connector-0.properties:7: topics.regex: AWS's triggers have no patterns: there is one for in-prices, in-stock. A topic that no connector file names is not read: it needs topics= and a deployment.",
    ]);
    expect(matched('in-.*', source).faults).toEqual([]);
  });

  test('are missing where no file names one, as with a source that reads every table', () => {
    const { faults, notes } = matched('in-.*', SOURCE);
    expect(faults).toEqual([
      "connector-0.properties:7: topics.regex: matches no topic that the connector files name, and AWS's triggers have no patterns; write topics= with the names of the topics",
    ]);
    expect(notes).toEqual([]);
  });

  test('are no business of a sink that names its topics', () => {
    const pipeline = decided({ connectors: [SINK, source] }).config;
    expect(withMatchedTopics(pipeline)).toEqual(pipeline);
  });
});
