import type { Source } from '../core/types.ts';
export interface FormOptions {
    /** Which checkouts to hear: `woocommerce`, `woocommerce-blocks`, `bigcommerce`, `magento`, `checkout`; all where absent. */
    presets?: readonly string[];
    /** Selectors of further forms, or of the address field in a form. */
    selectors?: readonly string[];
    /** Take the address when its field is left, before the form is sent. */
    blur?: boolean;
}
export declare function form({ presets, selectors, blur }?: FormOptions): Source;
