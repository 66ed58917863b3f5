"""What the server does with each command. Every function takes the connection it came from and the decoded body."""

import base64
import json
import uuid

from cim_store import GROUP, ROBOTS, SINGLE, now, talk_of

OK, INTERNAL_ERROR = 200, 201
WRONG_TOKEN, WRONG_PASSWORD = 2002, 2003
TEXT, ROBOT, NOTIFICATION, AVCHAT = 1, 7, 9, 10
CREATED, INVITED, KICKED, LEFT, DISBANDED = 1, 2, 3, 4, 6
GROUP_LIMIT, PAGE_LIMIT, ID_LIMIT = 200, 100, 20
LONGEST_NAME, LONGEST_TEXT, LONGEST_CLIENT_ID = 128, 65_536, 64


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
        kind, to, client_id = body["session_type"], body["to_session_id"], body["client_msg_id"]
        if body["from_user_id"] != conn.user or not self._is_acceptable(conn.user, body):
            return  # MSG-13: refused in silence
        known = self.store.find_own(conn.user, client_id)
        if known:
            talk, server_msg_id, created = known
        else:
            with self.store:
                server_msg_id, created = self._store(kind, conn.user, to, client_id, body["msg_type"], body["msg_data"])
        conn.answer({
            "from_user_id": conn.user, "to_session_id": to, "client_msg_id": client_id, "session_type": kind,
            "server_msg_id": server_msg_id, "res_code": 1, "create_time": created,
        })
        if known:
            return
        push = {**body, "server_msg_id": server_msg_id, "create_time": created,
                "from_nick_name": self.store.nick(conn.user) or body["from_nick_name"]}
        receivers = self.store.members(to) if kind == GROUP else [to, conn.user]
        self.gate.push(set(receivers) | {conn.user}, "MSG_DATA", push, but=conn)
        if kind == SINGLE and to in ROBOTS:
            self.gate.later(lambda: self._robot_answers(to, conn.user, body))

    def _is_acceptable(self, sender, body):
        kind, to, client_id = body["session_type"], body["to_session_id"], body["client_msg_id"]
        if body["msg_type"] in (0, NOTIFICATION) or not 0 < len(client_id) <= LONGEST_CLIENT_ID:
            return False
        if len(body["msg_data"]) > LONGEST_TEXT or to == 0:
            return False
        return to != sender if kind == SINGLE else kind == GROUP and self.store.is_member(to, sender)

    def _store(self, kind, sender, to, client_id, msg_type, data):
        """Stores a message and moves the sessions of all it concerns (MSG-18, SESS-08)."""
        server_msg_id, created = self.store.add_message(talk_of(kind, sender, to), sender, client_id, msg_type, data)
        if kind == GROUP:
            for member in self.store.members(to):
                self.store.touch_session(member, GROUP, to, server_msg_id if member == sender else None)
        else:
            self.store.touch_session(sender, SINGLE, to)
            self.store.touch_session(to, SINGLE, sender)
        return server_msg_id, created

    def _system_message(self, kind, sender, to, msg_type, content):
        """A message that the server makes itself, as it is stored and pushed."""
        client_id, data = str(uuid.uuid4()), json.dumps(content, ensure_ascii=False).encode()
        server_msg_id, created = self._store(kind, sender, to, client_id, msg_type, data)
        return {"from_user_id": sender, "from_nick_name": self.store.nick(sender) or "", "to_session_id": to,
                "client_msg_id": client_id, "server_msg_id": server_msg_id, "create_time": created,
                "msg_type": msg_type, "session_type": kind, "msg_data": data}

    def _robot_answers(self, robot, user, question):
        text = question["msg_data"].decode(errors="replace") if question["msg_type"] == TEXT else "[message]"
        content = {"body": text, "content": {"type": "text", "content": f"You said: {text}"}}
        with self.store:
            answer = self._system_message(SINGLE, robot, user, ROBOT, content)
        self.gate.push([user], "MSG_DATA", answer)

    def welcome(self, user):
        """The two robot sessions of a new user (ROBOT-02)."""
        for robot, name in ROBOTS.items():
            self._store(SINGLE, robot, user, str(uuid.uuid4()), TEXT, f"Hello, I am {name}.".encode())

    def delivery_confirmation(self, conn, body):
        pass  # Nothing is resent or handed on here, so nothing waits for it (ACK-02).

    def read(self, conn, body):
        user, peer, kind, up_to = conn.user, body["session_id"], body["session_type"], body["msg_id"]
        if body["user_id"] != user or kind not in (SINGLE, GROUP):
            return
        newest = self.store.newest_id(talk_of(kind, user, peer))
        with self.store:
            self.store.mark_read(user, kind, peer, newest if up_to == 0 else min(up_to, newest))
        if kind == SINGLE:
            self.gate.push([peer], "MSG_READ_NOTIFY", body)

    # Sessions and history

    def sessions(self, conn, body):
        if body["user_id"] != conn.user:
            return
        entries = []
        for kind, peer, updated, unread, newest in self.store.sessions(conn.user):
            entries.append({
                "session_id": peer, "session_type": kind, "session_status": 1, "unread_cnt": unread,
                "updated_time": updated, "msg_id": newest["client_msg_id"], "server_msg_id": newest["server_msg_id"],
                "msg_time_stamp": newest["create_time"], "msg_data": newest["msg_data"], "msg_type": newest["msg_type"],
                "msg_from_user_id": newest["from_user_id"], "is_robot_session": kind == SINGLE and peer in ROBOTS,
            })
        total = sum(entry["unread_cnt"] for entry in entries)
        conn.answer({"user_id": conn.user, "unread_counts": total, "contact_session_list": entries})

    def _talk(self, conn, body):
        """The conversation that a request names, or None when it is none of the user's (HIST-11)."""
        kind, peer = body["session_type"], body["session_id"]
        if kind == GROUP and not self.store.is_member(peer, conn.user):
            return None
        return talk_of(kind, conn.user, peer)

    def _rows(self, body, messages):
        return [{**message, "msg_res_code": 1, "session_type": body["session_type"], "to_session_id": body["session_id"]}
                for message in messages]

    def _is_own_request(self, conn, body):
        return body["user_id"] == conn.user and body["session_type"] in (SINGLE, GROUP)

    def history(self, conn, body):
        if self._is_own_request(conn, body):
            talk, limit = self._talk(conn, body), min(body["limit_count"], PAGE_LIMIT)
            messages = self.store.history(talk, body["end_msg_id"], limit) if talk else []
            conn.answer({**body, "msg_list": self._rows(body, messages)})

    def latest_id(self, conn, body):
        if self._is_own_request(conn, body):
            talk = self._talk(conn, body)
            newest = self.store.history(talk, 0, 1) if talk else []
            conn.answer({**body, "latest_msg_id": newest[0]["client_msg_id"] if newest else ""})

    def by_ids(self, conn, body):
        if self._is_own_request(conn, body):
            talk = self._talk(conn, body)
            messages = self.store.by_client_ids(talk, body["msg_id_list"][:ID_LIMIT]) if talk else []
            conn.answer({**body, "msg_list": self._rows(body, messages)})

    def users(self, conn, body):
        if body["user_id"] == conn.user:
            found = [{"user_id": user, "nick_name": nick} for user, nick in self.store.newest_users(conn.user)]
            conn.answer({"user_id": conn.user, "user_info_list": found})

    # Groups

    def _notify(self, group, kind, data):
        """Stores a notification as a message of the group (GROUP-08)."""
        return self._system_message(GROUP, 0, group, NOTIFICATION, {"notificationType": kind, "data": data})

    def _nicks(self, users):
        return [self.store.nick(user) or "" for user in users]

    @staticmethod
    def _attached(message):
        """A message as Go's encoding/json writes it (wire contract §7)."""
        fields = {**message, "msg_data": base64.b64encode(message["msg_data"]).decode()}
        del fields["server_msg_id"]
        return json.dumps({name: value for name, value in fields.items() if value}).encode()

    def _refuse(self, conn, body):
        conn.answer({"user_id": body["user_id"], "group_id": body["group_id"], "result_code": INTERNAL_ERROR})

    def _accept(self, conn, body, notification):
        attached = self._attached(notification) if notification else b""
        conn.answer({"user_id": body["user_id"], "group_id": body["group_id"], "result_code": OK,
                     "attach_notificatino_msg": attached})

    def _tell_changes(self, receivers, by, group, changed, change):
        changes = [{"user_id": user, "type": change} for user in changed]
        notice = {"user_id": by, "group_id": group, "changed_list": changes}
        self.gate.push(receivers, "GROUP_MEMBER_CHANGED_NOTIFY", notice)

    def _info(self, group):
        name, owner, created = self.store.group(group)
        return {"group_id": group, "group_name": name, "group_type": 1, "group_owner_id": owner,
                "create_time": created, "update_time": created}

    def create_group(self, conn, body):
        if body["user_id"] != conn.user:
            return
        invited = [user for user in dict.fromkeys(body["member_id_list"]) if user != conn.user]
        name = body["group_name"] or ",".join(filter(None, self._nicks([conn.user, *invited[:3]])))[:32]
        if len(name) > LONGEST_NAME or len(invited) + 1 > GROUP_LIMIT:
            conn.answer({"user_id": conn.user, "result_code": INTERNAL_ERROR})
            return
        with self.store:
            group = self.store.add_group(name, conn.user)
            for member in [conn.user, *invited]:
                self.store.add_member(group, member)
            notification = self._notify(group, CREATED, {
                "groupId": str(group), "groupName": name, "owner": str(conn.user),
                "ownerNick": self.store.nick(conn.user), "ids": [str(user) for user in invited],
                "nickNames": self._nicks(invited),
            })
        conn.answer({"user_id": conn.user, "result_code": OK, "group_info": self._info(group),
                     "member_id_list": [*invited, conn.user], "attach_notificatino_msg": self._attached(notification)})
        self.gate.push([conn.user, *invited], "MSG_DATA", notification)

    def disband(self, conn, body):
        group, found = body["group_id"], self.store.group(body["group_id"])
        if body["user_id"] != conn.user:
            return
        if not found or found[1] != conn.user:
            self._refuse(conn, body)
            return
        members = self.store.members(group)
        with self.store:
            notification = self._notify(group, DISBANDED, {"groupId": str(group)})
            self.store.disband(group)
            for member in members:
                self.store.drop_session(member, GROUP, group)
        self._accept(conn, body, notification)
        self.gate.push(members, "MSG_DATA", notification)

    def leave(self, conn, body):
        group, user = body["group_id"], conn.user
        if body["user_id"] != user:
            return
        if not self.store.is_member(group, user) or self.store.group(group)[1] == user:
            self._refuse(conn, body)  # GROUP-15: the owner stays
            return
        with self.store:
            self.store.remove_member(group, user)
            self.store.drop_session(user, GROUP, group)
            data = {"groupId": str(group), "ids": [str(user)], "nickNames": self._nicks([user])}
            notification = self._notify(group, LEFT, data)
        self._accept(conn, body, notification)
        self.gate.push(self.store.members(group), "MSG_DATA", notification)
        self._tell_changes(self.store.members(group), user, group, [user], 2)

    def invite(self, conn, body):
        group, user = body["group_id"], conn.user
        if body["user_id"] != user or not body["member_id_list"]:
            return  # GROUP-25
        members = self.store.members(group)
        fresh = [member for member in dict.fromkeys(body["member_id_list"]) if member not in members]
        if not self.store.is_member(group, user) or len(members) + len(fresh) > GROUP_LIMIT:
            self._refuse(conn, body)
            return
        notification = None
        if fresh:
            with self.store:
                read = self.store.newest_id(talk_of(GROUP, 0, group))
                for member in fresh:
                    self.store.add_member(group, member)
                    self.store.touch_session(member, GROUP, group, read)  # UNREAD-03
                data = {"groupId": str(group), "userId": str(user), "ids": [str(member) for member in fresh],
                        "nickNames": self._nicks(fresh)}
                notification = self._notify(group, INVITED, data)
        self._accept(conn, body, notification)
        if notification:
            self.gate.push([*members, *fresh], "MSG_DATA", notification)
            self._tell_changes([*members, *fresh], user, group, fresh, 1)

    def kick(self, conn, body):
        group, found = body["group_id"], self.store.group(body["group_id"])
        if body["user_id"] != conn.user or not body["member_id_list"]:
            return  # GROUP-29
        if not found or found[1] != conn.user:
            self._refuse(conn, body)
            return
        members = self.store.members(group)
        removed = [user for user in dict.fromkeys(body["member_id_list"]) if user in members and user != conn.user]
        notification = None
        if removed:
            with self.store:
                for user in removed:
                    self.store.remove_member(group, user)
                    self.store.drop_session(user, GROUP, group)
                data = {"groupId": str(group), "ownerUserId": str(conn.user), "ids": [str(user) for user in removed],
                        "nickNames": self._nicks(removed)}
                notification = self._notify(group, KICKED, data)
        self._accept(conn, body, notification)
        if notification:
            self.gate.push(members, "MSG_DATA", notification)
            self._tell_changes(members, conn.user, group, removed, 2)

    def group_list(self, conn, body):
        if body["user_id"] == conn.user:
            groups = [{"group_id": group, "group_version": 1} for group in self.store.groups_of(conn.user)]
            conn.answer({"user_id": conn.user, "group_version_list": groups})

    def group_info(self, conn, body):
        if body["user_id"] == conn.user and body["group_version_list"]:
            wanted = [entry["group_id"] for entry in body["group_version_list"]]
            found = [self._info(group) for group in wanted if self.store.group(group)]
            conn.answer({"user_id": conn.user, "result_code": OK, "group_info_list": found})

    def group_members(self, conn, body):
        if body["user_id"] == conn.user:
            members = self.store.members(body["group_id"]) if self.store.is_member(body["group_id"], conn.user) else []
            conn.answer({"user_id": conn.user, "group_id": body["group_id"], "member_id_list": members})

    def hang_up_message(self, user, other, reason, seconds, call_type):
        """The record that a call leaves (VOIP-12)."""
        content = {"hangup_user_id": user, "hangup_reason": reason, "time_len": seconds, "call_type": call_type}
        with self.store:
            record = self._system_message(SINGLE, user, other, AVCHAT, content)
        self.gate.push([user, other], "MSG_DATA", record)
