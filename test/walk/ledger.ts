// What walks have told, and where it went: every fact is delivered, dropped and counted, or waits for a reason.

/** The books of one walk, or of several. */
export interface Ledger {
  walks: number;
  conversations: number;
  /** Of them, those of the vendor's widget. */
  own: number;
  /** Days that passed on the device. */
  days: number;
  /** Pages that ended: left, or crashed. */
  ended: { leave: number; crash: number };
  /** What happened, by the notebook of somebody who only listens. */
  facts: number;
  /** Milestones that were recorded, each messageId once. */
  milestones: number;
  /** All that was recorded, the identifies too, once for each destination. */
  messages: number;
  /** As the device counts: records that were taken, and those that were dropped, by reason. */
  delivered: number;
  dropped: Record<string, number>;
  /** Records that still stand in the queue: they wait for a person. */
  held: number;
  /** As the collectors count: messages that they took, each messageId once. */
  taken: number;
  /** Messages that no collector has and no queue. */
  gone: number;
  requests: number;
  failed: number;
  /** Messages that came once more with the same messageId. */
  duplicates: number;
}

const total = (counts: Record<string, number>) => Object.values(counts).reduce((a, b) => a + b, 0);

/** Adds up counts by their names, however deep they stand. */
function sum<T extends object>(a: T | undefined, b: T): T {
  const names = new Set([...Object.keys(a ?? {}), ...Object.keys(b)]) as Set<keyof T>;
  const add = (one: any, other: any) =>
    typeof (other ?? one) === 'object' ? sum(one, other ?? {}) : (one ?? 0) + (other ?? 0);
  return Object.fromEntries([...names].map((name) => [name, add(a?.[name], b[name])])) as T;
}

export const add = (ledgers: readonly Ledger[]): Ledger =>
  ledgers.reduce((all, one) => sum<Ledger>(all, one));

/** What does not balance, in sentences; none if all is well. */
export function faultsOf(books: Ledger): string[] {
  const { facts, milestones, messages, delivered, held, taken, gone } = books;
  const dropped = total(books.dropped);
  const faults: [boolean, string][] = [
    [milestones > facts, `${milestones - facts} facts were re-made`],
    [milestones < facts, `${facts - milestones} facts were not recorded`],
    [
      messages !== delivered + dropped + held,
      `${messages} recorded, but ${delivered} delivered + ${dropped} dropped + ${held} waiting`,
    ],
    [delivered > taken, `${delivered - taken} count as delivered, and nobody took them`],
    [gone > dropped, `${gone - dropped} are gone without being counted`],
  ];
  return faults.flatMap(([wrong, sentence]) => (wrong ? [sentence] : []));
}

/** The books as a page of a ledger. */
export function show(books: Ledger): string {
  const { conversations, walks, days, ended, facts, milestones, messages, delivered, held, taken } = books;
  const reasons = Object.entries(books.dropped).map(([reason, count]) => `${count} ${reason}`);
  const number = (value: number) => Math.round(value).toLocaleString('en').padStart(9);
  return [
    `${number(conversations)} conversations on ${walks} devices, ${Math.round(days / 7)} weeks of their time`,
    `${number(ended.leave + ended.crash)} pages ended, ${ended.crash} of them without a word`,
    `${number(books.requests)} requests, ${books.failed} of them failed`,
    `${number(facts)} facts told: ${milestones} recorded, ${Math.max(0, milestones - facts)} re-made`,
    `${number(messages)} messages for destinations, with what was said of the person`,
    `${number(delivered)} = delivered`,
    `${number(total(books.dropped))} + dropped and counted${reasons.length ? `: ${reasons.join(', ')}` : ''}`,
    `${number(held)} + still queued: nobody knows who it was, and what is not known is held`,
    `${number(books.duplicates)} came twice, known by their messageId; ${taken} came in all`,
  ].join('\n');
}
