// The data explorer's page; shop/explorer.js fills it.
import { html } from 'hono/html';
import { frame } from './frame.mjs';

export const explorerPage = () =>
  frame({
    title: 'Data explorer',
    about: 'What the collector has, as people, segments, open cases and a timeline.',
    path: '/explorer.html',
    styles: ['/vendor/uplot.css', '/explorer.css'],
    scripts: ['/shop/explorer.js'],
    main: html`
      <div class="prose-head">
        <h1>Data explorer</h1>
        <p>What has arrived at the collector, as a retention team would use it. It follows what happens in the shop.</p>
      </div>
      <section class="sample" aria-labelledby="sample-title">
        <div>
          <h2 id="sample-title">A sample day</h2>
          <p>Sixty people who never lived: this day is invented, from a seed, the same each time. chatstone’s own core makes its milestones. The switch shows the same day as message-level tracking tells it: an event a message, topics as somebody typed them, guests never merged.</p>
          <p class="small" id="sample-numbers"></p>
        </div>
        <div class="sample-do">
          <button type="button" class="button" id="fill">Fill with a sample day</button>
          <label class="switch"><input type="checkbox" role="switch" id="as-messages" disabled /> as message-level tracking tells it</label>
          <p class="small" id="sample-said" role="status"></p>
        </div>
      </section>
      <section aria-labelledby="segments-title">
        <h2 id="segments-title">Segments</h2>
        <div class="segments-grid" id="segments"></div>
      </section>
      <section aria-labelledby="cases-title">
        <h2 id="cases-title">Open cases</h2>
        <p class="small" id="cases-none">None is open.</p>
        <div class="scroll tall" id="cases" tabindex="0" role="region" aria-label="Open cases as a table" hidden>
          <table>
            <thead><tr><th scope="col">Person</th><th scope="col">Since</th><th scope="col">Topic</th><th scope="col">Risk</th></tr></thead>
            <tbody id="case-rows"></tbody>
          </table>
        </div>
      </section>
      <section aria-labelledby="timeline-title">
        <h2 id="timeline-title">Timeline</h2>
        <ul class="legend" id="legend"></ul>
        <p class="small" id="chart-said"></p>
        <div class="chart-scroll" id="chart-scroll" tabindex="0" role="region" aria-label="Timeline: a lane for each person" hidden>
          <div class="chart" id="chart" role="img" aria-label="Events over time, a lane for each person. The table below holds the same."></div>
        </div>
        <details id="timeline-table">
          <summary>The same as a table</summary>
          <div class="scroll tall" tabindex="0" role="region" aria-label="Timeline as a table">
            <table>
              <thead><tr><th scope="col">Person</th><th scope="col">Event</th><th scope="col">When</th><th scope="col">Topic</th></tr></thead>
              <tbody id="timeline-rows"></tbody>
            </table>
          </div>
        </details>
      </section>
      <section aria-labelledby="people-title">
        <h2 id="people-title">People</h2>
        <p class="search"><label for="search">Search by address, name or trait, such as <code>last_chat_topic:sizing</code></label><input id="search" type="search" autocomplete="off" spellcheck="false" /><span class="small" id="people-count" role="status"></span></p>
        <div class="people-grid">
          <ul class="people" id="people" tabindex="0" aria-label="People"></ul>
          <div class="person-card" id="person" tabindex="0" role="region" aria-label="The chosen person"></div>
        </div>
      </section>`,
  });
