import type { FrameTemplates } from "./frames.ts";

export function loginPacket(templates: FrameTemplates, n: number): Uint8Array;
export function messageWriter(templates: FrameTemplates, n: number, tag: string): () => Uint8Array;
export function commandOf(bytes: Uint8Array): number;
export const LOGIN_ANSWER: number;
export const ACKNOWLEDGEMENT: number;
