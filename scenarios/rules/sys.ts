import { defineSection, type Section } from "./section.ts";

const rules = {
  "SYS-01": {
    level: "must",
    status: "I",
    text: "Everything stored (users, messages, sessions, groups, unread counts, counters) survives a restart. Calls and connections do not.",
    evidence: "server/setup/mysql/init/cim.sql, server/pkg/db/redis.go",
    byHand: {
      time: ["survives-restart", "groups-survive-restart", "all-that-clients-see"],
    },
    without: {
      concurrency: "A restart in order finds nothing under way; one in the midst of requests is for `cupping faults`.",
    },
  },
  "SYS-02": {
    level: "must",
    status: "I id, ours rest",
    capability: "robustness",
    text: "Concurrent senders to one conversation get distinct ids; concurrent logins, logouts and messages of many users never corrupt or stop the server.",
    evidence: "logic/dao/message.go (atomic counter)",
    byHand: {
      concurrency: ["concurrent-senders-distinct-ids", "coming-going-and-writing"],
    },
    without: {
      time: "It is about what happens at the same time.",
    },
  },
  "SYS-03": {
    level: "may",
    status: "D",
    text: "Stated aims: delivery within 1 s; two machines for a million users, ten thousand texts per second. Useful only as load-test targets.",
    evidence: "docs/01-产品介绍.md; GitBook v1/chapter3/1-design-object.md",
    unobservable: "aims for load tests, measured by load scenarios and not by a case",
  },
  "SYS-04": {
    level: "may",
    status: "D",
    text: "Not supported and not to be tested: recall, typing, group receipts, mute per session, device push, friend management, profile changes, group renaming, announcement changes.",
    evidence: "docs/01-产品介绍.md, docs/05-进度计划.md",
    unobservable: "lists what is not to be tested",
  },
} as const;

/** The rules of SYS. */
export const sysSection: Section<keyof typeof rules> = defineSection(
  { id: "SYS", title: "Several devices, persistence, scale", chineseTitle: "多设备、持久化与规模", kind: "whole" },
  rules,
);
