// Tables of the documentation, for the tests that compare them with the code.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const page = (name: string) => readFileSync(join(import.meta.dirname, '../../docs', name), 'utf8');

/** The rows of all tables whose head begins so, as lists of cells. */
export function tables(text: string, head: string): string[][][] {
  const lines = text.split('\n');
  return lines.flatMap((line, at) => {
    if (!line.startsWith(head)) return [];
    const end = lines.findIndex((one, index) => index > at && !one.startsWith('|'));
    const rows = lines.slice(at + 2, end < 0 ? undefined : end);
    return [
      rows.map((row) =>
        row
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.replace(/^ | $/g, '')),
      ),
    ];
  });
}

/** What stands in backticks. */
export const codes = (text: string): string[] => [...text.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code!);
