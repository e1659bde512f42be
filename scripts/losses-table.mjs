// What docs/losses.json says, as a table for README.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FILE = join(fileURLToPath(import.meta.url), '../../docs/losses.json');

/** One row of one client: the sums over its runs. */
export function sum(runs, client) {
  const total = (what) => runs.reduce((whole, run) => whole + run[client][what], 0);
  return { lost: total('lost'), remade: total('remade'), duplicates: total('duplicates') };
}

/** @param {string} [json] docs/losses.json */
export function lossesTable(json = readFileSync(FILE, 'utf8')) {
  const { date, browser, clients, facts, runs, rows } = JSON.parse(json);
  const cell = (row, client) => {
    const { lost, remade, duplicates } = sum(row.runs, client);
    const [head, ...rest] = [
      `${lost ? `**${lost}**` : 0} of ${facts * row.runs.length}`,
      ...(remade ? [`${remade} re-made`] : []),
      ...(duplicates ? [`${duplicates} twice`] : []),
    ];
    return rest.length ? `${head} (${rest.join(', ')})` : head;
  };
  const head = [
    'lost of told',
    `chatstone ${clients.chatstone}`,
    `Customer.io’s client ${clients.customerio}`,
  ];
  const body = rows.map((row) => [
    row.counts ? row.fault : `${row.fault} ¹`,
    cell(row, 'chatstone'),
    cell(row, 'customerio'),
  ]);
  const table = [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  return `${table}

${date.slice(0, 10)}, Chromium ${browser}, ${runs} ${runs === 1 ? 'run' : 'runs'} a row. “Twice”: taken before, and delivered again under the same \`messageId\`. “Re-made” would be the same fact under another one.

¹ The browser ends before it can have written anything. In all other rows the measurement fails if chatstone loses or re-makes a fact.`;
}
