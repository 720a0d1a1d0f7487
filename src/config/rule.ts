// What a rule across properties needs: whether a property is set, and its place for a fault.
import type { Values } from './check';
import type { PropertiesFile } from './properties';
import type { Fault } from './report';

/** @param worker what the worker's file says, which may have faults; of the worker's own rules, its own */
export type Rule = (file: PropertiesFile, values: Values, worker: Values) => Fault[];

/** Whether the file itself sets it: a default does not count. */
export function isSet(file: PropertiesFile, property: string): boolean {
  return file.properties.some(({ key }) => key === property);
}

/** Where the file sets it; without a line when it does not. */
export function placeOf(file: PropertiesFile, property: string): Pick<Fault, 'file' | 'line' | 'property'> {
  const line = file.properties.findLast(({ key }) => key === property)?.line;
  return { file: file.file, ...(line === undefined ? {} : { line }), property };
}

/** The value as text; undefined when it is absent. */
export function textOf(values: Values, property: string): string | undefined {
  const value = values.find(property);
  return value === undefined ? undefined : String(value);
}

/** Whether the file sets it to something, be it valid or not: a fault of the value is told by itself. */
export function isFilled(file: PropertiesFile, property: string): boolean {
  return file.properties.some(({ key, value }) => key === property && value.trim() !== '');
}
