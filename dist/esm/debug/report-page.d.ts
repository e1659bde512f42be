import { type Report } from './trace.ts';
/** Reports as one HTML page: of several the checklist first. */
export declare function reportPage(reports: readonly Report[]): string;
