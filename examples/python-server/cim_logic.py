"""What the server does with each command. Every function takes the connection it came from and the decoded body."""

from cim_store import now, talk_of

SINGLE = 1
OK, WRONG_TOKEN, WRONG_PASSWORD = 200, 2002, 2003
NOTIFICATION = 9
PAGE_LIMIT, LONGEST_TEXT, LONGEST_CLIENT_ID = 100, 65_536, 64


class Logic:
    def __init__(self, store, gate):
        self.store = store
        self.gate = gate

    # Login

    def login_by_name(self, conn, body):
        user = self.store.check_password(body["user_name"], body["user_pwd"])
        self._answer_login(conn, user, WRONG_PASSWORD)

    def login_by_token(self, conn, body):
        user = self.store.check_token(body["user_id"], body["user_token"])
        self._answer_login(conn, user, WRONG_TOKEN)

    def _answer_login(self, conn, user, refusal):
        if conn.user:
            return  # LOGIN-11: a second login is ignored
        if not user:
            conn.answer({"server_time": now(), "result_code": refusal, "result_string": "login refused"})
            return
        user_id, nick, attach = user
        info = {"user_id": user_id, "nick_name": nick, "attach_info": attach}
        # The answer goes out before anybody can push to the new connection.
        conn.answer({"server_time": now(), "result_code": OK, "result_string": "success", "user_info": info})
        self.gate.logged_in(conn, user_id)

    def logout(self, conn, body):
        if body["user_id"] == conn.user:
            conn.answer({"result_code": OK})
            self.gate.close(conn)

    def heartbeat(self, conn, body):
        conn.answer({})

    # Messages

    def message(self, conn, body):
        to, client_id = body["to_session_id"], body["client_msg_id"]
        if body["from_user_id"] != conn.user or not self._is_acceptable(conn.user, body):
            return  # MSG-13: refused in silence
        known = self.store.find_own(conn.user, client_id)
        if known:
            server_msg_id, created = known
        else:
            with self.store:
                server_msg_id, created = self.store.add_message(conn.user, to, client_id, body["msg_type"], body["msg_data"])
                self.store.touch_session(conn.user, to)
                self.store.touch_session(to, conn.user)
        conn.answer({
            "from_user_id": conn.user, "to_session_id": to, "client_msg_id": client_id, "session_type": SINGLE,
            "server_msg_id": server_msg_id, "res_code": 1, "create_time": created,
        })
        if not known:
            push = {**body, "server_msg_id": server_msg_id, "create_time": created,
                    "from_nick_name": self.store.nick(conn.user) or body["from_nick_name"]}
            self.gate.push([to, conn.user], "MSG_DATA", push, but=conn)

    def _is_acceptable(self, sender, body):
        if body["msg_type"] in (0, NOTIFICATION) or not 0 < len(body["client_msg_id"]) <= LONGEST_CLIENT_ID:
            return False
        if len(body["msg_data"]) > LONGEST_TEXT or body["session_type"] != SINGLE:
            return False
        return body["to_session_id"] not in (0, sender)

    def delivery_confirmation(self, conn, body):
        pass  # Nothing is resent or handed on here, so nothing waits for it (ACK-02).

    def read(self, conn, body):
        peer, up_to = body["session_id"], body["msg_id"]
        if body["user_id"] != conn.user or body["session_type"] != SINGLE:
            return
        newest = self.store.newest_id(talk_of(conn.user, peer))
        if newest == 0:
            return  # READ-09
        with self.store:
            self.store.mark_read(conn.user, peer, newest if up_to == 0 else min(up_to, newest))
        self.gate.push([peer], "MSG_READ_NOTIFY", body)

    # Sessions and history

    def sessions(self, conn, body):
        if body["user_id"] != conn.user:
            return
        entries = [{
            "session_id": peer, "session_type": SINGLE, "session_status": 1, "unread_cnt": unread,
            "updated_time": updated, "msg_id": newest["client_msg_id"], "server_msg_id": newest["server_msg_id"],
            "msg_time_stamp": newest["create_time"], "msg_data": newest["msg_data"], "msg_type": newest["msg_type"],
            "msg_from_user_id": newest["from_user_id"],
        } for peer, updated, unread, newest in self.store.sessions(conn.user)]
        total = sum(entry["unread_cnt"] for entry in entries)
        conn.answer({"user_id": conn.user, "unread_counts": total, "contact_session_list": entries})

    def history(self, conn, body):
        if body["user_id"] != conn.user or body["session_type"] != SINGLE:
            return
        talk, limit = talk_of(conn.user, body["session_id"]), min(body["limit_count"], PAGE_LIMIT)
        rows = [{**message, "msg_res_code": 1, "session_type": SINGLE, "to_session_id": body["session_id"]}
                for message in self.store.history(talk, body["end_msg_id"], limit)]
        conn.answer({**body, "msg_list": rows})
