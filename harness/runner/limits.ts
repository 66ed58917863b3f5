/** How many of something a target says that it keeps, and no more, by name. */
export type Limits = ReadonlyMap<string, number>;

/** Of a target that states none. */
export const NO_LIMITS: Limits = new Map();
