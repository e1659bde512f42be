// Fakes of what chat widgets take of a page as attributes of the visitor, each after its vendor's documentation (the links stand in
// src/destinations/agents.ts), each as strict as that says. Each is put beside what is on the page already.

/** @param {unknown} value @param {string} what */
const mustBeText = (value, what) => {
  if (typeof value !== 'string') throw new TypeError(`${what} is not a text`);
};
const flat = (values) => {
  for (const [name, value] of Object.entries(values))
    if (!['string', 'number', 'boolean'].includes(typeof value)) throw new TypeError(`${name} is not flat`);
  return values;
};

/**
 * By widget: puts its API on the page and calls `told` with the values that agents would see.
 * @type {Record<string, (window: any, told: (values: Record<string, any>) => void) => void>}
 */
export const desks = {
  chatwoot(window, told) {
    const api = (window.$chatwoot ??= {});
    api.hasLoaded = true;
    api.setCustomAttributes = (attributes = {}) => {
      if (!Object.keys(attributes).length) throw new Error('Custom attributes should have atleast one key');
      told(flat(attributes));
    };
  },
  crisp(window, told) {
    const api = (window.$crisp ??= []);
    const push = api.push.bind(api);
    api.push = (call) => {
      const [action, what, [pairs] = []] = call;
      if (action !== 'set' || what !== 'session:data') return push(call);
      told(flat(Object.fromEntries(pairs)));
      return 1;
    };
  },
  freshchat(window, told) {
    const api = (window.fcWidget ??= {});
    api.user = { ...api.user, setProperties: (values) => told(flat(values)) };
  },
  'help-scout'(window, told) {
    const before = window.Beacon;
    window.Beacon = (method, values) => {
      if (method !== 'session-data') return before?.(method, values);
      if (Object.keys(values).length > 20) throw new Error('session-data takes 20 pairs');
      for (const value of Object.values(values)) mustBeText(value, 'session-data');
      return told(values);
    };
  },
  jivochat(window, told) {
    const api = (window.jivo_api ??= {});
    api.setCustomData = (fields) => {
      for (const { content } of fields) mustBeText(content, 'content');
      told(Object.fromEntries(fields.map(({ title, content }) => [title, content])));
    };
  },
  livechat(window, told) {
    const api = (window.LiveChatWidget ??= {});
    const before = api.call;
    api.call = (method, values) => {
      if (method !== 'update_session_variables') return before?.call(api, method, values);
      for (const value of Object.values(values)) mustBeText(value, 'a session variable');
      return told(values);
    };
  },
  olark(window, told) {
    const before = window.olark;
    window.olark = (command, values) =>
      command === 'api.visitor.updateCustomFields' ? told(flat(values)) : before?.(command, values);
  },
  'rocket-chat'(window, told) {
    const values = {};
    window.RocketChat = (work) =>
      work.call({
        setCustomField(key, value, overwrite = true) {
          mustBeText(value, 'a custom field');
          if (overwrite || !(key in values)) values[key] = value;
          told({ ...values });
        },
      });
  },
  smartsupp(window, told) {
    const before = window.smartsupp;
    window.smartsupp = (command, values) => {
      if (command !== 'variables') return before?.(command, values);
      return told(Object.fromEntries(Object.values(values).map(({ label, value }) => [label, value])));
    };
  },
  tawk(window, told) {
    const api = (window.Tawk_API ??= {});
    api.setAttributes = (attributes, callback) => {
      const wrong = Object.entries(attributes).some(
        ([key, value]) => !/^[a-z0-9-]+$/i.test(key) || typeof value !== 'string' || value.length > 255,
      );
      if (wrong || Object.keys(attributes).length > 50) return callback?.(new Error('INVALID_ATTRIBUTES'));
      told(Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key.toLowerCase(), value])));
      return callback?.();
    };
  },
  tidio(window, told) {
    const api = (window.tidioChatApi ??= {});
    api.setContactProperties = (values) => {
      for (const value of Object.values(values)) mustBeText(value, 'a contact property');
      told(values);
    };
  },
  zendesk(window, told) {
    const before = window.zE;
    window.zE = (scope, command, fields) => {
      if (scope !== 'messenger:set') return before?.(scope, command, fields);
      if (command !== 'conversationFields') throw new Error(`zE knows no ${command}`);
      for (const { id } of fields) if (!/^\d+$/.test(id)) throw new Error(`${id} is no field's id`);
      return told(Object.fromEntries(fields.map(({ id, value }) => [id, value])));
    };
  },
};
