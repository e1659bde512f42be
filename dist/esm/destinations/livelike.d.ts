import { type Destination, type Routing } from '../core/types.ts';
/** What we use of LiveLike's SDK. */
export interface LiveLikeSdk {
    /** Who talks; without a token until `init` is done. */
    userProfile: {
        access_token?: string | null;
    };
    getUserProfile(args: {
        accessToken: string;
    }): Promise<{
        custom_data?: string | null;
    }>;
    updateUserProfile(args: {
        accessToken: string;
        options: {
            custom_data: string;
        };
    }): Promise<unknown>;
}
/** What the destination is told. */
export interface LivelikeOptions extends Routing {
    /**
     * The SDK, what gives it once it is there, or the name of its global; absent: `LiveLike`, as the engagement SDK calls itself, or
     * `LiveLikeJs`, as the other does.
     */
    sdk?: LiveLikeSdk | (() => LiveLikeSdk | undefined) | string;
}
/** Shows what is known of the visitor in their LiveLike profile, under the key `chatstone` of `custom_data`. */
export declare const livelike: ({ sdk, ...routing }?: LivelikeOptions) => Destination;
