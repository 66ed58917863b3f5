// What a mutant borrows from the logic whose effects it replaces.
export { close, login, push, reply } from "../../logic/effect.ts";
export { messageInfo } from "../../logic/history.ts";
export { pushStored } from "../../logic/push.ts";
