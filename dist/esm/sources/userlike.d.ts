import type { Source } from '../core/types.ts';
/** What we ask of a messenger that `@userlike/messenger` mounted. */
interface Messenger {
    state$: {
        subscribe(observer: {
            next(state: State): void;
        }): {
            unsubscribe(): void;
        };
    };
    getState(): State;
    maximize(): unknown;
}
interface State {
    state: string;
    contact: Record<'email' | 'name' | 'phone_number' | 'mobile_number', string | null>;
    conversations: {
        id: number;
        unread: unknown[];
    }[];
}
export interface UserlikeOptions {
    /** The messenger that `mount()` handed over; may be set later, and anew for each further one. */
    messenger?: Messenger | null;
}
/** The messenger of the script tag; the one of the npm package where the site hands it over, for it has no global. */
export declare function userlike(options?: UserlikeOptions): Source;
export {};
