// What every fake of a chat widget has in common: the inside of a chat window, and one way to drive it. A vendor's file says
// what of it the page gets to hear, and in which words.

/**
 * @typedef {'visitor' | 'agent' | 'bot' | 'system'} Party
 * @typedef {{ from: Party, text: string, name?: string }} Line
 * @typedef {{ name?: string, email?: string, phone?: string, department?: string }} Prechat
 * @typedef {{ id?: string, name?: string, team?: string }} Agent
 */

/**
 * A fake widget on a page. What a vendor does not publish happens in the window and the page hears nothing.
 * @typedef {object} Fake
 * @property {string} name the vendor
 * @property {Line[]} lines what stands in the chat window, oldest first
 * @property {boolean} opened whether the window is open
 * @property {boolean} loaded whether the vendor's bundle has arrived
 * @property {Record<string, any>} attributes what the people of the shop see of the visitor beside the window, as the page told it
 * @property {(() => void) | undefined} onchange called after every change, to draw the window anew
 * @property {() => void | Promise<void>} load the bundle arrives; before, only the vendor's stub stands, if it has one
 * @property {() => void} open a person opens the window
 * @property {() => void} close a person closes the window
 * @property {() => void} popup the window opens itself
 * @property {(fields: Prechat) => void} prechat the visitor sends the form before the chat
 * @property {(text: string) => void} visitor the visitor says something
 * @property {(text: string, agent?: Agent) => void} agent a person of the shop says something
 * @property {(text: string) => void} bot an automaton says something
 * @property {(text: string) => void} system a line that nobody said
 * @property {(agent?: Agent) => void} assign a person takes the conversation
 * @property {() => void} end the conversation ends
 * @property {(value: number) => void} rate the visitor rates it, on the vendor's own scale
 * @property {(text: string) => void} tag a person of the shop tags it
 * @property {() => void} replay what the vendor does when a page loads and the conversation stands already
 * @property {() => void} uninstall the widget leaves the page
 * @property {(what: string, payload?: unknown) => void} tell tells the page anything at all, in the vendor's words
 */

/** The person of the shop who answers when a test names none. */
export const NOOR = { id: 'agent-7', name: 'Noor' };

/**
 * Makes a fake of what a vendor tells the page. Its bundle is not loaded yet.
 *
 * @param {string} name
 * @param {Partial<Record<Exclude<keyof Fake, 'name' | 'lines' | 'opened' | 'loaded' | 'attributes' | 'onchange' | 'tell'>, (...args: any[]) => any>>} hears
 *   what the page hears of each happening; `popup` where it differs from `open`
 * @param {Fake['tell']} tell
 * @returns {Fake}
 */
export function createFake(name, hears, tell) {
  const happen = (change, told) => {
    if (!fake.loaded) throw new Error(`${name} is not loaded yet`);
    change();
    try {
      told?.(); // what a handler of the site throws goes on
    } finally {
      fake.onchange?.();
    }
  };
  const say = (from) => (text, agent) =>
    happen(
      () => fake.lines.push({ from, text, ...(agent?.name && { name: agent.name }) }),
      () => hears[from]?.(text, agent ?? NOOR),
    );
  const show = (opened, told) => {
    if (fake.opened !== opened) happen(() => (fake.opened = opened), told);
  };
  const pass = (what) => (argument) =>
    happen(
      () => {},
      () => hears[what]?.(argument),
    );

  /** @type {Fake} */
  const fake = {
    name,
    lines: [],
    opened: false,
    loaded: false,
    attributes: {},
    onchange: undefined,
    load() {
      if (fake.loaded) return undefined;
      fake.loaded = true;
      return hears.load?.();
    },
    open: () => show(true, hears.open),
    close: () => show(false, hears.close),
    popup: () => show(true, hears.popup ?? hears.open),
    prechat: pass('prechat'),
    visitor: say('visitor'),
    agent: say('agent'),
    bot: say('bot'),
    system: say('system'),
    assign: (agent) => pass('assign')({ ...NOOR, ...agent }),
    end: pass('end'),
    rate: pass('rate'),
    tag: pass('tag'),
    replay: pass('replay'),
    uninstall: () => hears.uninstall?.(),
    tell,
  };
  return fake;
}
