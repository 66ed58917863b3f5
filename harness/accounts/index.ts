export { type Account, type AccountSource, takeAccounts } from "./account.ts";
export { hideInError } from "./hide-in-error.ts";
export { hideInLogs } from "./hide-in-logs.ts";
export { hideInCase, hideInLoad, hideInTarget } from "./hide-in-result.ts";
export { type AccountOptions, openAccounts } from "./open-accounts.ts";
export { type RegistrationOptions, registeredAccounts } from "./registration.ts";
export { Secrets } from "./secrets.ts";
export { templateAccounts } from "./template.ts";
export { accountsFromFile } from "./users-file.ts";
