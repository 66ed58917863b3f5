import type { Section } from "./handler.ts";

export const section: Section = { handlers: [] };
