// Checking histories of concurrent users, of the load engine and of the conformance suite alike: every message followed from sender to receivers, and the audit after the drain.
export { type AnomalyName, anomalies, describeAnomaly } from "./anomalies.ts";
export { Checker, type CheckerOptions } from "./checker.ts";
export { type Conversation, type ConversationKind, isGroup, type MemberRecord } from "./conversations.ts";
export { HistoryAudit, type HistoryAuditOptions } from "./history-audit.ts";
export { HistoryOrder } from "./history-order.ts";
export { decodeMark, encodeMark, type MessageMark } from "./message-mark.ts";
export { describeOtherRun } from "./other-run.ts";
export { describeContents, MIN_PAYLOAD_BYTES, PayloadFormat, type PayloadText } from "./payload.ts";
export { auditSessions, checkUnread, type SessionExpectation } from "./session-audit.ts";
export type { Naming, Sighting } from "./sighting.ts";
export { type CheckName, checkTitles, Violations, type ViolationsFlush } from "./violations.ts";
