import { stories } from './stories.ts';

stories('chromium');
