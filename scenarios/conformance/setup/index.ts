// What cases build on: users and what they have done before the case begins, said in a line.
export {
  answered,
  bye,
  type Call,
  invitation,
  reply,
  ring,
  ringBetween,
  ringTwoDevices,
  talk,
} from "./calls.ts";
export {
  askHistory,
  askSessions,
  entriesOf,
  entryOf,
  markRead,
  readHistory,
  readSessions,
  readUnread,
  servedPageSize,
} from "./conversations.ts";
export { connectionsOf, createGroups, strangers, writeToMany } from "./crowds.ts";
export {
  actingCommands,
  type Forgery,
  forge,
  isAboutCalls,
  isAboutGroups,
  needsCall,
  unknownFields,
} from "./forgery.ts";
export { A_MOMENT_MS, bystander, paddedFrame, prepare, stillServed, unknownField } from "./frames.ts";
export {
  cannotSend,
  checkAttached,
  groupsOf,
  infoOf,
  membersAre,
  notification,
  scene,
  succeeded,
} from "./group-scene.ts";
export { createGroup, createGroupFully, disband, invite, kick, leave, readMembers, sameIds } from "./groups.ts";
export {
  isAccepted,
  message,
  plainTextPasses,
  pushesOf,
  pushesReach,
  pushFence,
  pushOf,
  sendMessage,
  sendMessages,
  sendMuch,
  untilPushed,
  utf8,
} from "./messages.ts";
export {
  callHttp,
  freshName,
  type HttpAnswer,
  JSON_TYPE,
  logIn,
  PASSWORD,
  type Registration,
  register,
  registration,
} from "./registrations.ts";
export { actorField, clientCommands, fieldKinds, saysDone, serverCommands } from "./requests.ts";
export {
  goOut,
  historyIn,
  messageIn,
  openTalk,
  pageBack,
  passTime,
  readIn,
  sayIn,
  sayManyIn,
  stillStored,
  type Talk,
  unreadIn,
} from "./talks.ts";
export { NAME_CONTENTS, textOfBytes, textOfCharacters } from "./texts.ts";
export { makeTwins, type Twins } from "./twins.ts";
export {
  ACCEPTED,
  ANSWERED,
  GROUP,
  NEXT_SECOND_MS,
  NOTIFICATION,
  RINGING,
  SINGLE,
  SUCCESS,
  TEXT,
  TRYING,
} from "./values.ts";
export { EDGES, LARGER_BY, numberOfWidth, WIDE } from "./widths.ts";
