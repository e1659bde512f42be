/** A file that stands beside this one. */
export interface Started {
    start(...given: any[]): any;
}
