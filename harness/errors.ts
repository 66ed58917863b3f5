/** Bad usage or a bad input file: one sentence says what was wrong, what was expected and where. Exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The target could not be reached or started. Exit code 3. */
export class TargetError extends Error {
  override readonly name = "TargetError";
}

/** The harness itself failed, or could not write what it measured. Exit code 4. */
export class HarnessError extends Error {
  override readonly name = "HarnessError";
}
