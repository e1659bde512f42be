import type { Status } from '../calls.ts';
/** What went wrong, with what to do, the latest last. */
export declare function problems(status: Status, faults: readonly {
    place: string;
    message: string;
}[]): string[];
/** The state in a few lines. */
export declare function standing(status: Status): Node[];
