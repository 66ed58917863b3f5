/** Folder of the capsules beside the result. */
export const CAPSULES = "capsules";

/** The file of a case's capsule, within the folder of the run. */
export function capsuleFile(caseId: string): string {
  return `${CAPSULES}/${caseId.replaceAll("/", "_")}.json`;
}

/** Whether a file is named as capsules are: by a rule, and what the case is about. */
export function isCapsuleName(name: string): boolean {
  return /^[A-Z0-9]+-\d+_.*\.json$/.test(name);
}
