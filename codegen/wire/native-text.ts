/** The two functions of Node's `Buffer` that convert text faster than JavaScript can. */
export interface NativeText {
  /** Writes UTF-8 from `offset` on, a lone surrogate as U+FFFD; returns the bytes written. Called on the buffer. */
  utf8Write(this: Uint8Array, text: string, offset: number): number;
  /** Reads UTF-8, invalid bytes as U+FFFD. Called on the buffer. */
  utf8Slice(this: Uint8Array, from: number, to: number): string;
}

const nodeBuffer = (globalThis as { Buffer?: { prototype?: Partial<NativeText> } }).Buffer?.prototype;

/** Node's functions where they exist; undefined in k6, browsers and other places without `Buffer`. */
export const nativeText: NativeText | undefined =
  typeof nodeBuffer?.utf8Write === "function" && typeof nodeBuffer.utf8Slice === "function"
    ? (nodeBuffer as NativeText)
    : undefined;
