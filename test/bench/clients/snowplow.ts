import { newTracker, setUserId, trackPageView, trackSelfDescribingEvent } from '@snowplow/browser-tracker';
import type { Start } from './start.ts';

export const start: Start = (url) => {
  newTracker('sp', url, { appId: 'shop' });
  setUserId('ann@example.com');
  trackPageView(); // it sends what is left from before with the next event only
  return (name, properties) =>
    trackSelfDescribingEvent({
      event: { schema: 'iglu:com.example/chat/jsonschema/1-0-0', data: { name, ...properties } },
    });
};
