import { afterEach, describe, expect, test } from 'vitest';
import { install } from '../../demo/widgets/tawk.js';
import { tawk } from '../../src/sources/tawk.ts';
import { hold, testSource } from './conformance.ts';

describe('tawk', () => {
  testSource(tawk, install, {
    globals: ['Tawk_API'],
    names: [
      'ChatMaximized',
      'ChatMessageVisitor',
      'ChatMessageAgent',
      'ChatMessageSystem',
      'AgentJoinChat',
      'TagsUpdated',
      'ChatEnded',
      'ChatSatisfaction',
      'PrechatSubmit',
      'OfflineSubmit',
    ],
    site: {
      register: (handler) => {
        (window as any).Tawk_API.onChatMessageVisitor = handler;
      },
      drive: (fake) => fake.visitor('where is my parcel'),
    },
    rating: 1,
    words: true,
  });

  const page = window as any;
  const one = hold(tawk());
  afterEach(() => {
    one.stop();
    one.take();
    one.texts.length = 0;
    delete page.Tawk_API;
  });

  test('tells a dislike as the worst of its scale', () => {
    const fake = install(page);
    one.look();
    for (const value of [-1, 0, 1]) fake.rate(value);
    expect(one.take()).toEqual([-1, 0, 1].map((score) => ({ type: 'rated', score, worst: -1, best: 1 })));
  });

  test('finds the address in the form by its look, whatever its label', () => {
    install(page);
    one.look();
    page.dispatchEvent(
      new CustomEvent('tawkPrechatSubmit', {
        detail: [
          { label: 'Nom complet', answer: 'Ada Archer' },
          { label: 'Adresse e-mail', answer: 'Ada@Example.com ' },
          { label: 'Your phone number', answer: '+44 20 7946 0000' },
          { label: 'Company name', answer: 'Archer & Daughters' },
        ],
      }),
    );
    expect(one.take()).toEqual([{ type: 'person', email: 'ada@example.com', phone: '+44 20 7946 0000' }]);
  });

  test('takes the name where the label is certain', () => {
    const fake = install(page);
    one.look();
    fake.prechat({ name: 'Ada Archer', email: 'ada@example.com' });
    expect(one.take()).toEqual([{ type: 'person', email: 'ada@example.com', name: 'Ada Archer' }]);
  });

  test('takes the address of a message left while nobody was there, and not the message', () => {
    const fake = install(page);
    one.look();
    fake.tell('OfflineSubmit', {
      name: 'Ada',
      email: 'ada@example.com',
      message: 'canary',
      questions: [{ label: 'x', answer: 'canary' }],
    });
    expect(one.take()).toEqual([{ type: 'person', email: 'ada@example.com', name: 'Ada' }]);
    expect(one.texts).toEqual([undefined]);
  });

  test('tells the newest tag', () => {
    const fake = install(page);
    one.look();
    fake.tag('VIP');
    fake.tag('Sizing');
    expect(one.take()).toEqual([
      { type: 'topic', topic: 'VIP' },
      { type: 'topic', topic: 'Sizing' },
    ]);
  });

  test('hands over the line of a visitor that is told as an object', () => {
    const fake = install(page, { objects: true });
    one.look();
    fake.visitor('where is my parcel');
    expect(one.texts).toEqual(['where is my parcel']);
  });
});
