// What is known of the visitor, in the attributes of the chat widget that runs on the page: agents see it beside the chat. A table of
// the widgets whose page API takes such values without an e-mail address; docs/agents.md says which do not, and where agents see it.
import { SHOWN } from '../core/types.js';
import { without } from '../lib/without.js';
const page = globalThis;
const texts = (values) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, `${value}`]));
const has = (api, method) => (typeof api?.[method] === 'function' ? api : undefined);
const DESKS = {
    // https://www.chatwoot.com/docs/product/channels/live-chat/sdk/setup: of the contact, for a conversation's need one that stands
    chatwoot: {
        api: () => page.$chatwoot?.hasLoaded && has(page.$chatwoot, 'setCustomAttributes'),
        show: (api, values) => api.setCustomAttributes(values), // an empty object would throw; there is none
    },
    // https://docs.crisp.chat/guides/chatbox-sdks/web-sdk/dollar-crisp/
    crisp: {
        api: () => has(page.$crisp, 'push'),
        show: (api, values) => api.push(['set', 'session:data', [Object.entries(values)]]),
    },
    // https://developers.freshchat.com/web-sdk/v1/
    freshchat: {
        api: () => has(page.fcWidget?.user, 'setProperties'),
        show: (api, values) => api.setProperties(values),
    },
    // https://developer.helpscout.com/beacon-2/web/javascript-api/: texts, twenty of them
    'help-scout': {
        api: () => typeof page.Beacon === 'function' && page.Beacon,
        show: (api, values) => api('session-data', texts(Object.fromEntries(Object.entries(values).slice(0, 20)))),
    },
    // https://www.jivochat.com/docs/widget/
    jivochat: {
        api: () => has(page.jivo_api, 'setCustomData'),
        show: (api, values) => api.setCustomData(Object.entries(values).map(([title, value]) => ({ title, content: `${value}` }))),
    },
    // https://platform.text.com/docs/extending-chat-widget/javascript-api: texts, merged with what the site has set
    livechat: {
        api: () => has(page.LiveChatWidget, 'call'),
        show: (api, values) => api.call('update_session_variables', texts(values)),
    },
    // https://www.olark.com/api/
    olark: {
        api: () => typeof page.olark === 'function' && page.olark,
        show: (api, values) => api('api.visitor.updateCustomFields', values),
    },
    // https://github.com/RocketChat/Rocket.Chat.Livechat: fields that are not declared there are passed by
    'rocket-chat': {
        api: () => typeof page.RocketChat === 'function' && page.RocketChat,
        show: (api, values) => api(function () {
            for (const [name, value] of Object.entries(texts(values)))
                this.setCustomField(name, value, true);
        }),
    },
    // https://docs.smartsupp.com/chat-box/javascript-api/
    smartsupp: {
        api: () => typeof page.smartsupp === 'function' && page.smartsupp,
        show: (api, values) => api('variables', Object.fromEntries(Object.entries(values).map(([label, value]) => [label, { label, value: `${value}` }]))),
    },
    // https://developer.tawk.to/jsapi/: letters, digits and dashes, fifty names, 255 characters; it says what it does not take
    tawk: {
        api: () => has(page.Tawk_API, 'setAttributes'),
        show: (api, values) => new Promise((resolve, reject) => {
            const named = Object.entries(texts(values)).map(([name, value]) => [
                name.replace(/[^a-z0-9]+/gi, '-').toLowerCase(),
                value.slice(0, 255),
            ]);
            api.setAttributes(Object.fromEntries(named.slice(0, 50)), (error) => error ? reject(new Error(`tawk: ${error}`)) : resolve());
            setTimeout(resolve, 5000); // where it says nothing
        }),
    },
    // https://help.tidio.com/hc/en-us/articles/5463607160860-Widget-SDK: contact properties that are declared there
    tidio: {
        api: () => has(page.tidioChatApi, 'setContactProperties'),
        show: (api, values) => api.setContactProperties(texts(values)),
    },
    // https://developer.zendesk.com/api-reference/widget-messaging/web/core/#set-conversation-fields: fields have numbers
    zendesk: {
        api: ({ zendesk = {} }) => Object.keys(zendesk).length > 0 && typeof page.zE === 'function' && page.zE,
        show(api, values, { zendesk = {} }) {
            const fields = Object.entries(zendesk).flatMap(([name, id]) => name in values ? [{ id: `${id}`, value: values[name] }] : []);
            if (fields.length)
                api('messenger:set', 'conversationFields', fields);
        },
    },
};
/** Shows agents what is known of the visitor, in the widget that runs on the page. */
export function agents({ widgets = Object.keys(DESKS), zendesk, ...routing } = {}) {
    const options = { zendesk };
    const desks = () => widgets.flatMap((name) => {
        const api = DESKS[name]?.api(options);
        return api ? [{ api, desk: DESKS[name] }] : [];
    });
    return {
        name: 'agents',
        routing: { traits: SHOWN, ...routing },
        ready: () => desks().length > 0,
        async show(profile) {
            const values = without(profile, /_at$/);
            if (!Object.keys(values).length)
                return;
            // One that fails keeps nobody else from it, and is shown it again with them.
            const ends = await Promise.allSettled(desks().map(async ({ api, desk }) => desk.show(api, values, options)));
            const failed = ends.find((end) => end.status === 'rejected');
            if (failed)
                throw failed.reason;
        },
    };
}
