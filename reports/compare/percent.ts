/** A share with its sign: `+12%`. */
export function percent(share: number): string {
  const value = share * 100;
  const digits = Math.abs(value) < 10 ? 1 : 0;
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(digits)}%`;
}
