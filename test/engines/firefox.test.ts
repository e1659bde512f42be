import { stories } from './stories.ts';

stories('firefox');
