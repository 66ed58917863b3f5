/** A fault of a run of `cupping faults`. What it came to stands in the cases whose ids begin with its name. */
export interface FaultRecord {
  /** kebab-case; its cases have the ids `name/guarantee`. */
  name: string;
  /** One line: what goes wrong. */
  title: string;
  /** What happened when. Absent when it was not inflicted to its end: its cases say why. */
  course?: FaultCourse;
}

/** How a fault went, told in milliseconds since its own traffic began. */
export interface FaultCourse {
  /** It began to go wrong. */
  brokenAtMs: number;
  /** What went wrong was over. */
  healedAtMs: number;
  /**
   * Every client was back, and everything that had been sent before the fault was over was answered: at `healedAtMs` or
   * later. Absent when that had not come when the time for recovery was over.
   */
  recoveredAtMs?: number;
  /** Nobody sent any more, and nothing was waited for. */
  endedAtMs: number;
  sent: number;
  acknowledged: number;
  refused: number;
  /** Breaks of connections that clients lived through, together. */
  breaks: number;
  /** Length of one entry of `answers`, milliseconds. */
  intervalMs: number;
  /** Messages that were answered (acknowledged or refused) within each interval. */
  answers: number[];
}
