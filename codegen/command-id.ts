/** A command id as the contract writes it, e.g. `0x0301`. */
export function formatCommandId(id: number): string {
  return `0x${id.toString(16).padStart(4, "0")}`;
}
