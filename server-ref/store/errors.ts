/** Why a store cannot be opened or used; `outcome-unknown`: a write may have taken effect or not. */
export type StoreErrorCode = "bad-address" | "unavailable" | "corrupt" | "newer-schema" | "closed" | "outcome-unknown";

/** The store cannot be opened or used; the message says which and what to do. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StoreError";
    this.code = code;
  }
}
