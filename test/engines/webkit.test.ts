import { stories } from './stories.ts';

stories('webkit');
