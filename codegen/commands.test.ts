import { expect, test } from "vitest";
import { type Command, commandById, commands } from "./index.ts";

/**
 * The command table of the wire contract (its section 4), written out by hand: id, name, direction, body, id of the
 * answer, whether a login is needed. The "s" in the last column says that the server alone sends it.
 */
const table = `
0x0101 LOGIN_AUTH_TOKEN_REQ            C   Login.CIMAuthTokenReq             0x0102 -
0x0102 LOGIN_AUTH_TOKEN_RSP            S   Login.CIMAuthTokenRsp             -      s
0x0103 LOGIN_AUTH_LOGOUT_REQ           C   Login.CIMLogoutReq                0x0104 login
0x0104 LOGIN_AUTH_LOGOUT_RSP           S   Login.CIMLogoutRsp                -      s
0x0105 LOGIN_HEARTBEAT                 CS  Login.CIMHeartBeat                0x0105 login
0x0107 LOGIN_AUTH_REQ                  C   Login.CIMAuthReq                  0x0108 -
0x0108 LOGIN_AUTH_RSP                  S   Login.CIMAuthRsp                  -      s
0x0201 LIST_RECENT_CONTACT_SESSION_REQ C   List.CIMRecentContactSessionReq   0x0202 login
0x0202 LIST_RECENT_CONTACT_SESSION_RSP S   List.CIMRecentContactSessionRsp   -      s
0x0205 LIST_MSG_REQ                    C   List.CIMGetMsgListReq             0x0206 login
0x0206 LIST_MSG_RSP                    S   List.CIMGetMsgListRsp             -      s
0x0301 MSG_DATA                        CS  Message.CIMMsgData                0x0302 login
0x0302 MSG_DATA_ACK                    CS  Message.CIMMsgDataAck             -      login
0x0303 MSG_READ_ACK                    C   Message.CIMMsgDataReadAck         -      login
0x0304 MSG_READ_NOTIFY                 S   Message.CIMMsgDataReadNotify      -      s
0x0305 MSG_GET_LATEST_MSG_ID_REQ       C   Message.CIMGetLatestMsgIdReq      0x0306 login
0x0306 MSG_GET_LATEST_MSG_ID_RSP       S   Message.CIMGetLatestMsgIdRsp      -      s
0x0307 MSG_GET_BY_MSG_ID_REQ           C   Message.CIMGetMsgByIdReq          0x0308 login
0x0308 MSG_GET_BY_MSG_ID_RSP           S   Message.CIMGetMsgByIdRsp          -      s
0x0401 VOIP_INVITE_REQ                 CS  Voip.CIMVoipInviteReq             0x0402 login
0x0402 VOIP_INVITE_REPLY               CS  Voip.CIMVoipInviteReply           0x0403 login
0x0403 VOIP_INVITE_REPLY_ACK           CS  Voip.CIMVoipInviteReplyAck        -      login
0x0404 VOIP_HEARTBEAT                  C   Voip.CIMVoipHeartbeat             -      login
0x0405 VOIP_BYE_REQ                    C   Voip.CIMVoipByeReq                0x0406 login
0x0406 VOIP_BYE_RSP                    S   Voip.CIMVoipByeRsp                -      s
0x0407 VOIP_BYE_NOTIFY                 S   Voip.CIMVoipByeNotify             -      s
0x0501 GROUP_CREATE_DEFAULT_REQ        C   Group.CIMGroupCreateReq           0x0502 login
0x0502 GROUP_CREATE_DEFAULT_RSP        S   Group.CIMGroupCreateRsp           -      s
0x0503 GROUP_DISBINGDING_REQ           C   Group.CIMGroupDisbandingReq       0x0504 login
0x0504 GROUP_DISBINGDING_RSP           S   Group.CIMGroupDisbandingRsp       -      s
0x0505 GROUP_EXIT_REQ                  C   Group.CIMGroupExitReq             0x0506 login
0x0506 GROUP_EXIT_RSP                  S   Group.CIMGroupExitRsp             -      s
0x0507 GROUP_LIST_REQ                  C   Group.CIMGroupListReq             0x0508 login
0x0508 GROUP_LIST_RSP                  S   Group.CIMGroupListRsp             -      s
0x0509 GROUP_INFO_REQ                  C   Group.CIMGroupInfoReq             0x0510 login
0x0510 GROUP_INFO_RSP                  S   Group.CIMGroupInfoRsp             -      s
0x0511 GROUP_INVITE_MEMBER_REQ         C   Group.CIMGroupInviteMemberReq     0x0512 login
0x0512 GROUP_INVITE_MEMBER_RSP         S   Group.CIMGroupInviteMemberRsp     -      s
0x0513 GROUP_KICK_OUT_MEMBER_REQ       C   Group.CIMGroupKickOutMemberReq    0x0514 login
0x0514 GROUP_KICK_OUT_MEMBER_RSP       S   Group.CIMGroupKickOutMemberRsp    -      s
0x0515 GROUP_MEMBER_CHANGED_NOTIFY     S   Group.CIMGroupMemberChangedNotify -      s
0x0516 GROUP_LIST_MEMBER_REQ           C   Group.CIMGroupMemberListReq       0x0517 login
0x0517 GROUP_LIST_MEMBER_RSP           S   Group.CIMGroupMemberListRsp       -      s
0x0601 FRIEND_QUERY_USER_LIST_REQ      C   Friend.CIMFriendQueryUserListReq  0x0602 login
0x0602 FRIEND_QUERY_USER_LIST_RSP      S   Friend.CIMFriendQueryUserListRsp  -      s
`;

const directions: Record<string, Command["direction"]> = {
  C: "client-to-server",
  S: "server-to-client",
  CS: "both",
};

const rows = table
  .trim()
  .split("\n")
  .map((line) => line.split(/\s+/) as [string, string, string, string, string, string]);

test("the registry has the commands of the contract and no others", () => {
  expect(Object.keys(commands)).toEqual(rows.map(([, name]) => name));
});

test.each(rows)(
  "%s %s has its direction, body, answer and need of a login",
  (id, name, direction, body, reply, login) => {
    const command = commands[name as keyof typeof commands] as Command;
    expect({ ...command, body: command.body.typeName }).toEqual({
      id: Number(id),
      name,
      direction: directions[direction],
      body: `CIM.${body}`,
      replyId: reply === "-" ? undefined : Number(reply),
      needsLogin: login === "login",
      replyNumberedAsPush: name === "LOGIN_HEARTBEAT",
    });
    expect(commandById(Number(id))).toBe(command);
  },
);

test.each([0, 0x0106, 0x0203, 0x0204, 0x050a, 0x0701, 0x0702, 0xffff])("0x%s is no client command", (id) => {
  expect(commandById(id)).toBeUndefined();
});
