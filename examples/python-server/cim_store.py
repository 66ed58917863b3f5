"""What outlives a restart, in one SQLite file: users, messages, sessions."""

import hashlib
import os
import sqlite3
import time

_TABLES = """
CREATE TABLE IF NOT EXISTS users(
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, nick TEXT, salt BLOB, hash BLOB, token TEXT, attach TEXT);
CREATE TABLE IF NOT EXISTS messages(
  talk TEXT, id INTEGER, sender INTEGER, client_id TEXT, created INTEGER, type INTEGER, data BLOB,
  PRIMARY KEY(talk, id)) WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS once ON messages(sender, client_id);
CREATE TABLE IF NOT EXISTS sessions(
  user INTEGER, peer INTEGER, updated INTEGER, read_up_to INTEGER, PRIMARY KEY(user, peer));
"""


def _signed(number):
    """SQLite keeps 64-bit signed numbers; ids on the wire are unsigned."""
    return number - (1 << 64) if number >> 63 else number


def _unsigned(number):
    return number & 0xFFFFFFFFFFFFFFFF


def now():
    return int(time.time())


def talk_of(one, other):
    """The name of the conversation of two users."""
    return f"{min(one, other)}-{max(one, other)}"


class Store:
    def __init__(self, path):
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;" + _TABLES)
        # Ids that are not 1, 2, 3: a client or a test that counts on those is wrong.
        self.db.execute("INSERT OR IGNORE INTO sqlite_sequence(name, seq) SELECT 'users', 1000 "
                        "WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'users')")

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
        row = self.db.execute("SELECT nick FROM users WHERE id = ?", (_signed(user_id),)).fetchone()
        return row and row[0]


    # Messages

    def find_own(self, sender, client_id):
        """Id and time of a message that this sender has sent before (MSG-07)."""
        return self.db.execute(
            "SELECT id, created FROM messages WHERE sender = ? AND client_id = ?", (_signed(sender), client_id)
        ).fetchone()

    def add_message(self, sender, to, client_id, kind, data):
        talk, created = talk_of(sender, to), now()
        row = (talk, self.newest_id(talk) + 1, _signed(sender), client_id, created, kind, data)
        self.db.execute("INSERT INTO messages VALUES(?,?,?,?,?,?,?)", row)
        return row[1], created

    def history(self, talk, below, limit):
        below = min(below, 2 ** 63 - 1)  # No message has a larger id, and SQLite's numbers end there (HIST-02).
        rows = self.db.execute(
            "SELECT id, sender, client_id, created, type, data FROM messages "
            "WHERE talk = ? AND (? = 0 OR id < ?) ORDER BY id DESC LIMIT ?",
            (talk, below, below, limit),
        ).fetchall()
        return [_message(row) for row in reversed(rows)]

    def newest_id(self, talk):
        return self.db.execute("SELECT MAX(id) FROM messages WHERE talk = ?", (talk,)).fetchone()[0] or 0

    # Sessions

    def touch_session(self, user, peer):
        self.db.execute(
            "INSERT INTO sessions VALUES(?,?,?,0) ON CONFLICT DO UPDATE SET updated = excluded.updated",
            (_signed(user), _signed(peer), now()),
        )

    def mark_read(self, user, peer, up_to):
        self.db.execute(
            "UPDATE sessions SET read_up_to = MAX(read_up_to, ?) WHERE user = ? AND peer = ?",
            (up_to, _signed(user), _signed(peer)),
        )

    def sessions(self, user):
        """Peer, time of the last change, unread count and newest message of each session (SESS-03)."""
        rows = self.db.execute(
            "SELECT peer, updated, read_up_to FROM sessions WHERE user = ? ORDER BY updated DESC", (user,)
        ).fetchall()
        for peer, updated, read_up_to in rows:
            talk = talk_of(user, _unsigned(peer))
            unread = self.db.execute(
                "SELECT COUNT(*) FROM messages WHERE talk = ? AND id > ? AND sender <> ?", (talk, read_up_to, user)
            ).fetchone()[0]
            yield _unsigned(peer), updated, unread, self.history(talk, 0, 1)[0]


def _hash(digest, salt):
    # Hashed before, because PBKDF2 takes a text with zero bytes behind it for the same (LOGIN-15).
    return hashlib.pbkdf2_hmac("sha256", hashlib.sha256(digest.encode()).digest(), salt, 1_000)


def _message(row):
    names = ("server_msg_id", "from_user_id", "client_msg_id", "create_time", "msg_type", "msg_data")
    message = dict(zip(names, row))
    message["from_user_id"] = _unsigned(message["from_user_id"])
    return message
