// The build that has its plugins with it: the other one loads them from a CDN.
import { RudderAnalytics } from '@rudderstack/analytics-js/bundled';
import type { Start } from './start.ts';

export const start: Start = (url) => {
  const client = new RudderAnalytics();
  client.load('key', url, { configUrl: url });
  client.identify('ann@example.com', { email: 'ann@example.com' });
  client.page();
  return (name, properties) => client.track(name, { ...properties });
};
