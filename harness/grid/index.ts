export { type Axes, type Combination, coveringArray, fullProduct } from "./covering-array.ts";
export { decisiveValues, type VariantOutcome } from "./decisive-values.ts";
