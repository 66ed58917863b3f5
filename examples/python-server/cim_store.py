"""What outlives a restart, in one SQLite file: users, messages, sessions, groups."""

import hashlib
import os
import sqlite3
import time

SINGLE, GROUP = 1, 2
ROBOTS = {2020010702: "OwnThink", 2020010703: "WeChat"}

_TABLES = """
CREATE TABLE IF NOT EXISTS users(
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, nick TEXT, salt BLOB, hash BLOB, token TEXT, attach TEXT);
CREATE TABLE IF NOT EXISTS messages(
  talk TEXT, id INTEGER, sender INTEGER, client_id TEXT, created INTEGER, type INTEGER, data BLOB,
  PRIMARY KEY(talk, id)) WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS once ON messages(sender, client_id);
CREATE TABLE IF NOT EXISTS sessions(
  user INTEGER, kind INTEGER, peer INTEGER, updated INTEGER, read_up_to INTEGER, PRIMARY KEY(user, kind, peer));
CREATE TABLE IF NOT EXISTS groups(
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, owner INTEGER, created INTEGER, alive INTEGER DEFAULT 1);
CREATE TABLE IF NOT EXISTS members(group_id INTEGER, user INTEGER, PRIMARY KEY(group_id, user));
"""


def _signed(number):
    """SQLite keeps 64-bit signed numbers; ids on the wire are unsigned."""
    return number - (1 << 64) if number >> 63 else number


def _unsigned(number):
    return number & 0xFFFFFFFFFFFFFFFF


def now():
    return int(time.time())


def talk_of(kind, one, other):
    """The name of a conversation: of two users, or of a group."""
    return f"g{other}" if kind == GROUP else f"u{min(one, other)}-{max(one, other)}"


class Store:
    def __init__(self, path):
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;" + _TABLES)
        # Ids that are not 1, 2, 3: a client or a test that counts on those is wrong.
        self.db.execute("INSERT OR IGNORE INTO sqlite_sequence(name, seq) SELECT 'users', 1000 "
                        "WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'users')")
        self.db.execute("INSERT INTO sqlite_sequence(name, seq) SELECT 'groups', 5000 "
                        "WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'groups')")

    def __enter__(self):
        """All or nothing; what is committed survives a killed process."""
        self.db.execute("BEGIN IMMEDIATE")
        return self

    def __exit__(self, failed, *_):
        self.db.execute("ROLLBACK" if failed else "COMMIT")

    # Users

    def add_user(self, name, nick, digest, user_id=None, token=None):
        """The new id, or None when the name is taken (HTTP-08)."""
        salt = os.urandom(16)
        try:
            row = (user_id, name, nick, salt, _hash(digest, salt), token)
            return self.db.execute(
                "INSERT INTO users(id, name, nick, salt, hash, token, attach) VALUES(?,?,?,?,?,?,'')", row
            ).lastrowid
        except sqlite3.IntegrityError:
            return None

    def check_password(self, name, digest):
        row = self.db.execute("SELECT id, nick, attach, salt, hash FROM users WHERE name = ?", (name,)).fetchone()
        return row[:3] if row and row[4] == _hash(digest, row[3]) else None

    def check_token(self, user_id, token):
        row = self.db.execute(
            "SELECT id, nick, attach, token FROM users WHERE id = ?", (_signed(user_id),)
        ).fetchone()
        return row[:3] if row and token and row[3] == token else None

    def nick(self, user_id):
        if user_id in ROBOTS:
            return ROBOTS[user_id]
        row = self.db.execute("SELECT nick FROM users WHERE id = ?", (_signed(user_id),)).fetchone()
        return row and row[0]

    def newest_users(self, but, limit=50):
        return self.db.execute("SELECT id, nick FROM users WHERE id <> ? ORDER BY id DESC LIMIT ?", (but, limit)).fetchall()

    # Messages

    def find_own(self, sender, client_id):
        """Conversation, id and time of a message that this sender has sent before (MSG-07)."""
        return self.db.execute(
            "SELECT talk, id, created FROM messages WHERE sender = ? AND client_id = ?", (_signed(sender), client_id)
        ).fetchone()

    def add_message(self, talk, sender, client_id, kind, data):
        created = now()
        newest = self.db.execute("SELECT MAX(id) FROM messages WHERE talk = ?", (talk,)).fetchone()[0] or 0
        row = (talk, newest + 1, _signed(sender), client_id, created, kind, data)
        self.db.execute("INSERT INTO messages VALUES(?,?,?,?,?,?,?)", row)
        return newest + 1, created

    def history(self, talk, below, limit):
        rows = self.db.execute(
            "SELECT id, sender, client_id, created, type, data FROM messages "
            "WHERE talk = ? AND (? = 0 OR id < ?) ORDER BY id DESC LIMIT ?",
            (talk, _signed(below), _signed(below), limit),
        ).fetchall()
        return [_message(row) for row in reversed(rows)]

    def by_client_ids(self, talk, client_ids):
        marks = ",".join("?" * len(client_ids))
        rows = self.db.execute(
            f"SELECT id, sender, client_id, created, type, data FROM messages WHERE talk = ? AND client_id IN ({marks}) "
            "ORDER BY id",
            (talk, *client_ids),
        ).fetchall()
        return [_message(row) for row in rows]

    def newest_id(self, talk):
        return self.db.execute("SELECT MAX(id) FROM messages WHERE talk = ?", (talk,)).fetchone()[0] or 0

    # Sessions

    def touch_session(self, user, kind, peer, read_up_to=None):
        """Makes or refreshes a session; `read_up_to` raises what counts as read."""
        self.db.execute(
            "INSERT INTO sessions VALUES(?,?,?,?,?) ON CONFLICT DO UPDATE SET updated = excluded.updated, "
            "read_up_to = MAX(read_up_to, excluded.read_up_to)",
            (_signed(user), kind, _signed(peer), now(), read_up_to or 0),
        )

    def mark_read(self, user, kind, peer, up_to):
        self.db.execute(
            "UPDATE sessions SET read_up_to = MAX(read_up_to, ?) WHERE user = ? AND kind = ? AND peer = ?",
            (up_to, _signed(user), kind, _signed(peer)),
        )

    def drop_session(self, user, kind, peer):
        key = (_signed(user), kind, _signed(peer))
        self.db.execute("DELETE FROM sessions WHERE user = ? AND kind = ? AND peer = ?", key)

    def sessions(self, user):
        """Kind, peer, time of the last change, unread count and newest message of each session (SESS-03)."""
        rows = self.db.execute(
            "SELECT kind, peer, updated, read_up_to FROM sessions WHERE user = ? ORDER BY updated DESC", (user,)
        ).fetchall()
        for kind, peer, updated, read_up_to in rows:
            talk = talk_of(kind, user, _unsigned(peer))
            newest = self.history(talk, 0, 1)
            if newest:
                unread = self.db.execute(
                    "SELECT COUNT(*) FROM messages WHERE talk = ? AND id > ? AND sender <> ?", (talk, read_up_to, user)
                ).fetchone()[0]
                yield kind, _unsigned(peer), updated, unread, newest[0]

    # Groups

    def add_group(self, name, owner):
        row = (name, owner, now())
        return self.db.execute("INSERT INTO groups(name, owner, created) VALUES(?,?,?)", row).lastrowid

    def group(self, group_id):
        """Name, owner and time of creation of a group that has not been disbanded."""
        return self.db.execute(
            "SELECT name, owner, created FROM groups WHERE id = ? AND alive", (_signed(group_id),)
        ).fetchone()

    def disband(self, group_id):
        self.db.execute("UPDATE groups SET alive = 0 WHERE id = ?", (group_id,))

    def members(self, group_id):
        rows = self.db.execute("SELECT user FROM members WHERE group_id = ? ORDER BY rowid", (_signed(group_id),))
        return [_unsigned(user) for (user,) in rows]

    def is_member(self, group_id, user):
        return self.group(group_id) is not None and user in self.members(group_id)

    def add_member(self, group_id, user):
        self.db.execute("INSERT OR IGNORE INTO members VALUES(?,?)", (group_id, _signed(user)))

    def remove_member(self, group_id, user):
        self.db.execute("DELETE FROM members WHERE group_id = ? AND user = ?", (group_id, _signed(user)))

    def groups_of(self, user):
        return [row[0] for row in self.db.execute(
            "SELECT group_id FROM members JOIN groups ON id = group_id WHERE user = ? AND alive", (user,)
        )]


def _hash(digest, salt):
    return hashlib.pbkdf2_hmac("sha256", digest.encode(), salt, 1_000)


def _message(row):
    names = ("server_msg_id", "from_user_id", "client_msg_id", "create_time", "msg_type", "msg_data")
    message = dict(zip(names, row))
    message["from_user_id"] = _unsigned(message["from_user_id"])
    return message
