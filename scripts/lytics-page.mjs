// The table of docs/lytics.md: what we send, and what it becomes in Lytics. A test fails where a field is sent that is not here.
import { MILESTONES } from '../dist/esm/core/milestones.js';

const AT_LAST = (name) => ({ source: name, expression: `max(${name})`, field: name, type: 'date' });
const LATEST = (source, field, type, condition) => ({ source, condition, expression: source, field, type });
const SET = (source, field) => ({ source, expression: `set(${source})`, field, type: '[]string' });

/** By source field: the condition, the expression, the user field and its type. */
export const FIELDS = [
  { source: 'email', expression: 'email(email)', field: 'email', type: 'string, unique id' },
  { source: 'user_id', expression: 'user_id', field: 'user_id', type: 'string, unique id' },
  {
    source: 'visitor_id',
    expression: 'visitor_id',
    field: 'chatstone_visitor_id',
    type: 'string, unique id',
  },
  LATEST('email_sha256', 'email_sha256', 'string'),
  LATEST('customer_id', 'customer_id', 'string'),
  { source: '_e', expression: '–', field: 'the name of the event in Lytics’ stream view', type: 'string' },
  { source: 'message_id', expression: '–', field: 'tells a repeated delivery', type: 'string' },
  { source: 'happened_at', expression: 'max(happened_at)', field: 'last_chat_event_at', type: 'date' },
  {
    source: 'chat_event',
    expression: 'valuect(chat_event)',
    field: 'chat_events',
    type: 'map[string]intsum',
  },
  ...MILESTONES.map((name) => AT_LAST(`${name}_at`)),
  SET('chat_topic', 'chat_topics'),
  SET('chat_widget', 'chat_widgets'),
  SET('chat_agent_team', 'chat_agent_teams'),
  LATEST('chat_conversation_id', 'last_chat_conversation_id', 'string'),
  LATEST('chat_is_bot', 'last_chat_reply_by_bot', 'bool', 'IF eq(chat_event, "chat_agent_replied")'),
  LATEST('chat_csat_score', 'last_chat_csat_score', 'number', 'IF eq(chat_event, "chat_csat_submitted")'),
  LATEST('chat_csat_raw', 'last_chat_csat_raw', 'number', 'IF eq(chat_event, "chat_csat_submitted")'),
  LATEST('chat_sentiment', 'last_chat_sentiment', 'string', 'IF eq(chat_event, "chat_csat_submitted")'),
  SET('order_id', 'chat_order_ids'),
  SET('product_sku', 'chat_product_skus'),
  SET('page_type', 'chat_page_types'),
  AT_LAST('last_chat_at'),
  LATEST('last_chat_topic', 'last_chat_topic', 'string', 'IF eq(_e, "identify")'),
  LATEST('last_csat_score', 'last_csat_score', 'number', 'IF eq(_e, "identify")'),
  LATEST('open_support_case', 'open_support_case', 'bool', 'IF eq(_e, "identify")'),
  LATEST('support_case_opened_at', 'support_case_opened_at', 'date', 'IF eq(_e, "identify")'),
  LATEST('support_risk_level', 'support_risk_level', 'string', 'IF eq(_e, "identify")'),
  LATEST('chat_assisted', 'chat_assisted', 'bool', 'IF eq(_e, "identify")'),
  LATEST('chat_opt_in', 'chat_opt_in', 'bool', 'IF eq(_e, "identify")'),
  LATEST('chat_holdout', 'chat_holdout', 'bool', 'IF eq(_e, "identify")'),
  LATEST('cio_segment_<flag>', 'cio_segment_<flag>', 'bool', 'IF eq(_e, "identify")'),
  LATEST('cio_segment_<flag>_entered_at', 'cio_segment_<flag>_entered_at', 'date', 'IF eq(_e, "identify")'),
];

export function lyticsTable() {
  const code = (text) =>
    text === '–' || /[’ ](?!\()/.test(text.replace(/IF .*/, '')) ? text : `\`${text}\``;
  const head = ['source field', 'condition', 'expression', 'Lytics user field', 'type'];
  const rows = FIELDS.map(({ source, condition = '', expression, field, type }) => [
    `\`${source}\``,
    condition && `\`${condition}\``,
    code(expression),
    code(field),
    type,
  ]);
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
