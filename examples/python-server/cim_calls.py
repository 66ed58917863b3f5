"""Signalling of voice and video calls between two users. Calls live in memory only."""

import itertools

TRYING, RINGING, ANSWERED = 100, 180, 200
BYE_REJECTED, BYE_END, BYE_BUSY, BYE_ELSEWHERE = 2, 3, 4, 5
ANSWER_SECONDS = 60
_numbers = itertools.count(1)


class Call:
    def __init__(self, caller, called, kind):
        self.caller, self.called, self.kind = caller, called, kind
        self.channel = {"channel_name": f"call-{next(_numbers)}", "channel_token": "", "creator_id": caller}
        self.answered_by = None
        self.timer = None

    def other(self, user):
        return {self.caller: self.called, self.called: self.caller}.get(user)


class Calls:
    def __init__(self, gate, logic):
        self.gate, self.logic = gate, logic
        self.by_caller = {}

    def _of(self, user):
        return next((call for call in self.by_caller.values() if call.other(user)), None)

    def _find(self, conn, body):
        """The call that a packet names, when the sender is one of its parties (VOIP-09, VOIP-16)."""
        channel = body["channel_info"]
        call = self.by_caller.get(channel["creator_id"]) if channel else None
        return call if call and call.other(conn.user) else None

    def _end(self, call):
        self.by_caller.pop(call.caller, None)
        if call.timer:
            call.timer.cancel()

    def _tell_end(self, receivers, call, user, reason, but=None):
        notice = {"user_id": user, "channel_info": call.channel, "byeReason": reason}
        self.gate.push(receivers, "VOIP_BYE_NOTIFY", notice, but=but)

    def invite(self, conn, body):
        invited = body["invite_user_list"]
        if body["creator_user_id"] != conn.user or len(invited) != 1 or body["invite_type"] not in (1, 2):
            return
        if self._of(conn.user) or invited[0] == conn.user:
            return  # VOIP-06
        call = Call(conn.user, invited[0], body["invite_type"])
        is_busy = self._of(call.called) is not None
        conn.answer({"user_id": 0, "rsp_code": TRYING, "channel_info": call.channel})
        if is_busy:
            self._tell_end([call.caller], call, call.called, BYE_BUSY)
            return
        self.by_caller[call.caller] = call
        call.timer = self.gate.later(lambda: self._give_up(call), ANSWER_SECONDS)
        self.gate.push([call.called], "VOIP_INVITE_REQ", {**body, "channel_info": call.channel})

    def _give_up(self, call):
        self._end(call)
        self._tell_end([call.caller, call.called], call, call.called, BYE_END)

    def reply(self, conn, body):
        call = self._find(conn, body)
        if not call or conn.user != call.called or body["user_id"] != conn.user or call.answered_by:
            return
        if body["rsp_code"] == ANSWERED:
            call.answered_by = conn
            call.timer.cancel()
            conn.answer({"channel_info": call.channel})
            self._tell_end([call.called], call, call.called, BYE_ELSEWHERE, but=conn)
        if body["rsp_code"] in (RINGING, ANSWERED):
            self.gate.push([call.caller], "VOIP_INVITE_REPLY", body)

    def ignore(self, conn, body):
        """The caller's 0x0403 and the call's heartbeat ask for nothing."""

    def bye(self, conn, body):
        if body["user_id"] != conn.user:
            return
        conn.answer({"error_code": 200})
        call = self._find(conn, body)
        if not call:
            return
        self._end(call)
        self._tell_end([call.other(conn.user)], call, conn.user, body["bye_reason"])
        if conn.user == call.called and body["bye_reason"] == BYE_REJECTED:
            self._tell_end([call.called], call, conn.user, BYE_ELSEWHERE, but=conn)
        other, seconds = call.other(conn.user), body["local_call_time_len"]
        self.logic.hang_up_message(conn.user, other, body["bye_reason"], seconds, call.kind)

    def user_gone(self, user):
        """The last connection of a party has closed (VOIP-14)."""
        call = self._of(user)
        if call:
            self._end(call)
            self._tell_end([call.other(user)], call, user, BYE_END)
