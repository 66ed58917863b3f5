import type { CheckExample } from "../result/index.ts";
import { type AnomalyName, describeAnomaly } from "./anomalies.ts";
import { type Conversation, isGroup } from "./conversations.ts";
import { encodeMark } from "./message-mark.ts";

/** What a user saw of one message. */
export interface Sighting {
  conversation: Conversation;
  /** Position of the sender among the members. */
  sender: number;
  /** The sender's index within the conversation. */
  index: number;
  /** As the server assigned it. */
  serverMsgId: bigint;
}

/** What it takes to name a message and its members. */
export interface Naming {
  /** Tag of the run, as the marks of its messages carry it. */
  run: number;
  /** What a user is called in an example, by its number within the run. */
  nameOf(user: number): string;
  /** What a message says, by its index, where its characters may be what matters; undefined where they say nothing. */
  tellingOf?(index: number): string | undefined;
}

/**
 * An anomaly of one message, naming sender, session, index and observer.
 * @param observer position of the member who saw it
 * @param what was wrong, as the predicate of "Message 3 of …"
 */
export function describeSighting(
  sighting: Sighting,
  observer: number,
  anomaly: AnomalyName,
  what: string,
  { run, nameOf, tellingOf }: Naming,
): CheckExample {
  const { conversation, sender, index, serverMsgId } = sighting;
  const name = (member: number): string => nameOf(conversation.members[member] as number);
  const session = isGroup(conversation) ? `group ${conversation.groupId}` : `the session of ${name(0)} and ${name(1)}`;
  const text = tellingOf?.(index);
  return describeAnomaly(
    anomaly,
    `Message ${index} of ${name(sender)} in ${session} ${what} (seen by ${name(observer)}${text === undefined ? "" : `; it says ${text}`})`,
    {
      sender: name(sender),
      observer: name(observer),
      session,
      index,
      ...(text !== undefined && { text }),
      server_msg_id: String(serverMsgId),
      client_msg_id: encodeMark({
        run,
        sender: conversation.members[sender] as number,
        conversation: conversation.number,
        index,
      }),
    },
  );
}
