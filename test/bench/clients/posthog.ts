// What is not about events is off: it would ask for more files, and change nothing of what is counted.
import posthog from 'posthog-js';
import type { Start } from './start.ts';

export const start: Start = (url) => {
  posthog.init('key', {
    api_host: url,
    autocapture: false,
    disable_session_recording: true,
    disable_surveys: true,
    disable_external_dependency_loading: true,
    opt_out_useragent_filter: true, // it sends nothing for a headless browser
  });
  posthog.identify('ann@example.com', { email: 'ann@example.com' });
  return (name, properties) => posthog.capture(name, { ...properties });
};
