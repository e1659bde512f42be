import type { Source } from '../core/types.ts';
export interface FormOptions {
    /**
     * Which forms to hear: `woocommerce`, `woocommerce-blocks`, `bigcommerce`, `magento`, `prestashop`, `checkout` where absent;
     * `newsletter` and `account` (register, log in, edit) only where they are named.
     */
    presets?: readonly string[];
    /** Selectors of further forms, or of the address field in a form. */
    selectors?: readonly string[];
    /** Take the address when its field is left, before the form is sent. Without consent it is not even held. */
    blur?: boolean;
}
export declare function form({ presets, selectors, blur }?: FormOptions): Source;
