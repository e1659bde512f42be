import { AnalyticsBrowser } from '@segment/analytics-next';
import type { Start } from './start.ts';

export const start: Start = (url) => {
  const client = AnalyticsBrowser.load({ writeKey: 'key', cdnURL: url });
  client.identify('ann@example.com', { email: 'ann@example.com' });
  client.page();
  return (name, properties) => client.track(name, properties);
};
