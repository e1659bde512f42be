// The data explorer: what the collector has, as people, segments, open cases and a timeline.
import { topicsOf } from '/dist/esm/core/topics.js';
import { when } from './clock.js';
import { fillSample, listen, sample } from './collector.js';
import { element } from './element.js';
import { people, whoIs } from './explorer-people.js';
import { segments } from './explorer-segments.js';
import { timeline } from './explorer-timeline.js';
import { factsOfMessages, factsOfMilestones, factsOfPerson } from './segments.js';

const SOON = 250; // milliseconds: a full day arrives in many pieces
const $ = (id) => document.getElementById(id);

const said = $('sample-said');
const toggle = $('as-messages');
let data = { profiles: [], anonymous: [] };
let invented; // the sample day, where the collector holds it

const parts = {
  people: people({ input: $('search'), list: $('people'), count: $('people-count'), one: $('person') }),
  segments: segments($('segments'), [...Object.keys(topicsOf()), 'other']),
  timeline: timeline({
    chart: $('chart'),
    legend: $('legend'),
    said: $('chart-said'),
    table: $('timeline-rows'),
    details: $('timeline-table'),
  }),
};

function draw() {
  const messages = Boolean(invented && toggle.checked);
  const { profiles, anonymous } = messages ? invented.messages : data;
  const all = [...profiles, ...anonymous.filter(({ events }) => events.length)];
  const factsOf = messages ? factsOfMessages : factsOfMilestones;
  parts.people.show(all);
  const facts = profiles.map(factsOf);
  parts.segments.show(facts, comparison());
  drawCases(facts, profiles);
  parts.timeline.show(
    all
      .map((profile) => ({
        who: whoIs(profile),
        events: profile.events
          .map(({ event, timestamp, correctedAt, properties = {} }) => ({
            event,
            at: Date.parse(correctedAt ?? timestamp),
            topic: properties.topic,
          }))
          .sort((one, other) => one.at - other.at),
      }))
      .filter(({ events }) => events.length)
      .sort((one, other) => one.events[0].at - other.events[0].at),
  );
}

/** What each kind of data makes of the sample day: of its people alone, whoever else has chatted. */
function comparison() {
  if (!invented) return undefined;
  const emails = new Set(invented.people.map(({ email }) => email));
  return {
    truth: invented.people.map(factsOfPerson),
    milestones: data.profiles.filter(({ email }) => emails.has(email)).map(factsOfMilestones),
    messages: invented.messages.profiles.map(factsOfMessages),
  };
}

function drawCases(facts, profiles) {
  const open = facts
    .map((one, i) => ({ ...one, traits: profiles[i].traits }))
    .filter(({ openSince }) => openSince !== undefined)
    .sort((one, other) => one.openSince - other.openSince);
  $('cases-none').hidden = open.length > 0;
  $('cases').hidden = !open.length;
  $('case-rows').replaceChildren(
    ...open.map(({ who, openSince, topics, traits }) =>
      element(
        'tr',
        {},
        element('th', { scope: 'row' }, who),
        element('td', {}, when(openSince)),
        element('td', {}, traits.last_chat_topic ?? topics.at(-1)?.topic ?? ''),
        element('td', {}, traits.support_risk_level ?? 'not told'),
      ),
    ),
  );
}

async function lookForSample() {
  const now = await sample();
  invented = now.filled ? now : undefined;
  toggle.disabled = !invented;
  if (!invented) toggle.checked = false;
  $('sample-numbers').textContent = invented
    ? `Invented from the seed ${invented.seed}: ${invented.people.length} people. ${invented.counts.milestones} events as milestones, ${invented.counts.messages} message by message.`
    : '';
}

$('fill').addEventListener('click', async () => {
  try {
    const { filled } = await fillSample();
    said.textContent = filled ? 'The sample day is there.' : 'The sample day is there already.';
    await lookForSample();
    draw();
  } catch (error) {
    said.textContent = `That did not work: ${error.message}`;
  }
});
toggle.addEventListener('change', draw);

let soon;
listen({
  profiles(now) {
    data = now;
    clearTimeout(soon);
    soon = setTimeout(async () => {
      try {
        await lookForSample();
      } catch (error) {
        said.textContent = `The collector does not answer: ${error.message}`;
      }
      draw();
      document.documentElement.dataset.ready = 'true';
    }, SOON);
  },
});
