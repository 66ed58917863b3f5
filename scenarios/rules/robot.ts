import { defineSection, type Section } from "./section.ts";

const rules = {
  "ROBOT-01": {
    level: "must",
    status: "I",
    text: "Robots are users 2020010702 (OwnThink) and 2020010703 (WeChat). They never log in.",
    evidence: "server/pkg/def/robot.go",
    axes: ["transport"],
    without: {
      number: "There are two robots, and one welcome of each.",
    },
  },
  "ROBOT-02": {
    level: "must",
    status: "I",
    text: "Registration over HTTP creates, for the new user, a session with each robot (`is_robot_session` true) holding one welcome text message (type 1) from the robot, unread 1 each. A fresh user therefore sees two sessions and `unread_counts` 2.",
    evidence: "server/internal/logic/rpcserver/robot.go",
    axes: ["transport"],
    without: {
      number: "There are two robots, and one welcome of each.",
    },
  },
  "ROBOT-03": {
    level: "must",
    status: "D/I",
    text: 'A one-to-one message to a robot is stored and acknowledged as usual; then the server asks the robot\'s service with the text (other types become a fixed word such as "[图片]") and stores the answer as a message of type 7 from the robot to the user, with a fresh `client_msg_id` and the next `server_msg_id`, and pushes it to all connections of the user. Each question is answered, however many come in a row.',
    evidence: "gate/conn_tcp.go, docs/02 §1.3.6",
    axes: ["device", "number", "transport"],
    numbers: {
      none: "It is about the answer to a question.",
      thousand: "Each answer is a message like others; how many a conversation may hold is HIST-05.",
    },
  },
  "ROBOT-04": {
    level: "must",
    status: "imp for the id",
    capability: "robot-answers",
    text: "Content of the answer: CONTENT-06. The `server_msg_id` in the push MUST be the answer's own (as in history). `from_nick_name` is the robot's name.",
    evidence: "docs/02 §2.3.4, gate/robot_client.go",
    axes: ["transport"],
    without: {
      number: "How many questions are asked in a row, and on how many connections they are answered, is ROBOT-03.",
    },
  },
  "ROBOT-05": {
    level: "must",
    status: "I",
    text: "If the service fails, the answer is still sent with an apology as `content.content` (non-empty). Limits upstream: 10 s OwnThink, 3 s WeChat.",
    evidence: "gate/robot_client.go, gate/conn_tcp.go",
    unobservable: "needs the robot's service to fail on demand, which no client can cause",
  },
  "ROBOT-06": {
    level: "must",
    status: "ours",
    capability: "robot-answers",
    text: "A server without an external robot service MUST still answer (any fixed text), so that tests can run offline.",
    axes: ["transport"],
    without: {
      number: "How many questions are asked in a row, and on how many connections they are answered, is ROBOT-03.",
    },
  },
  "ROBOT-07": {
    level: "must",
    status: "I",
    text: "Waiting for the robot MUST NOT delay the connection's other requests.",
    evidence: "gate/conn_tcp.go",
    axes: ["transport"],
    without: {
      number: "How many questions are asked in a row, and on how many connections they are answered, is ROBOT-03.",
    },
  },
} as const;

/** The rules of ROBOT. */
export const robotSection: Section<keyof typeof rules> = defineSection(
  { id: "ROBOT", title: "Robots", chineseTitle: "机器人", kind: "robots", capability: "robots" },
  rules,
);
