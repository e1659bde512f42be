import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Gestures, gestures } from '../../src/lib/gesture.ts';

let now: number;
let hands: Gestures;
const activation = { isActive: false, hasBeenActive: false };

/** An event as a person makes it, or as a script does. */
function act(type: string, trusted = true, target: EventTarget = document.body) {
  const event = new Event(type, { bubbles: true });
  Object.defineProperty(event, 'isTrusted', { value: trusted });
  Object.defineProperty(event, 'target', { value: target }); // the test's window is a wrapper of the one that happy-dom names
  target.dispatchEvent(event);
}

/** A person clicks into a frame of another origin: the page sees its window lose the focus, and is activated. */
async function clickIntoFrame(active = true) {
  const frame = document.createElement('iframe');
  Object.defineProperty(document, 'activeElement', { value: frame, configurable: true });
  Object.assign(activation, { isActive: active, hasBeenActive: active });
  act('blur', true, window);
  await Promise.resolve();
  await Promise.resolve();
}

beforeEach(() => {
  now = 1_000_000;
  Object.assign(activation, { isActive: false, hasBeenActive: false });
  Object.defineProperty(navigator, 'userActivation', { value: activation, configurable: true });
  hands = gestures(() => now);
});
afterEach(() => {
  hands.stop();
  Reflect.deleteProperty(document, 'activeElement');
  Reflect.deleteProperty(navigator, 'userActivation');
});

describe('gestures', () => {
  test.each(['pointerdown', 'keydown', 'click'])('a %s opens one window', (type) => {
    act(type);
    expect([hands.spend(), hands.spend()]).toEqual([true, false]);
  });

  test('a script has no hands', () => {
    for (const type of ['pointerdown', 'keydown', 'click']) act(type, false);
    expect(hands.spend()).toBe(false);
    expect(hands.seen()).toBe(false);
  });

  test('a gesture counts for less than a second', () => {
    act('pointerdown');
    now += 999;
    expect(hands.spend()).toBe(true);
    act('pointerdown');
    now += 1000;
    expect(hands.spend()).toBe(false);
  });

  test('the gesture that brought the file that watches for it opens one window, for a second', () => {
    Object.assign(activation, { isActive: true });
    const late = gestures(() => now);
    const later = gestures(() => now);
    expect([late.spend(), late.spend()]).toEqual([true, false]);
    now += 1000;
    expect(later.spend()).toBe(false);
    late.stop();
    later.stop();
  });

  test('the click that ends a spent press opens no second window', () => {
    act('pointerdown');
    expect(hands.spend()).toBe(true);
    act('click');
    expect(hands.spend()).toBe(false);
  });

  test('the click that ends a press counts where the press was not spent', () => {
    act('pointerdown');
    now += 3000; // held long
    act('click');
    expect(hands.spend()).toBe(true);
  });

  test('the click counts from its own time', () => {
    act('pointerdown');
    now += 900;
    act('click');
    now += 900;
    expect(hands.spend()).toBe(true);
  });

  test('the next press is a gesture again', () => {
    act('pointerdown');
    hands.spend();
    act('pointerdown');
    expect(hands.spend()).toBe(true);
  });

  test('sees what another script keeps from bubbling', () => {
    document.body.addEventListener('pointerdown', (event) => event.stopPropagation(), { once: true });
    act('pointerdown');
    expect(hands.spend()).toBe(true);
  });

  describe('a click into a frame', () => {
    test('opens one window', async () => {
      await clickIntoFrame();
      expect([hands.spend(), hands.spend()]).toEqual([true, false]);
    });

    test('is none where the page was not activated: the frame took the focus itself', async () => {
      await clickIntoFrame(false);
      expect(hands.spend()).toBe(false);
    });

    test('is none where nobody has clicked: a page that was activated elsewhere', () => {
      Object.assign(activation, { isActive: true, hasBeenActive: true });
      expect(hands.spend()).toBe(false);
    });

    test('is none where the focus left for another window', async () => {
      Object.assign(activation, { isActive: true });
      act('blur', true, window);
      await Promise.resolve();
      expect(hands.spend()).toBe(false);
    });

    test('is none where a widget focuses its own frame and opens in the same task', () => {
      act('keydown');
      hands.spend();
      const opening = clickIntoFrame();
      expect(hands.spend()).toBe(false);
      return opening;
    });

    test('is over when the page is touched again', async () => {
      await clickIntoFrame();
      act('pointerdown');
      now += 1500;
      expect(hands.spend()).toBe(false);
    });

    test('is none where the browser does not know of activation', async () => {
      Reflect.deleteProperty(navigator, 'userActivation');
      await clickIntoFrame();
      expect(hands.spend()).toBe(false);
    });
  });

  describe('seen', () => {
    test('is nothing at the beginning', () => {
      expect(hands.seen()).toBe(false);
    });

    test('stays after a gesture, spent or old', () => {
      act('pointerdown');
      hands.spend();
      now += 60_000;
      expect(hands.seen()).toBe(true);
    });

    test('knows of gestures inside frames', () => {
      activation.hasBeenActive = true;
      expect(hands.seen()).toBe(true);
    });
  });

  test('sees nothing any more once it is stopped', () => {
    hands.stop();
    act('pointerdown');
    expect(hands.spend()).toBe(false);
  });
});
