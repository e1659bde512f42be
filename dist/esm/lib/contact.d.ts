/** An address, a name and a phone number as they identify; undefined for what is none. */
export declare const contact: (address?: unknown, name?: unknown, phone?: unknown) => {
    email: string | undefined;
    name: string | undefined;
    phone: string | undefined;
};
