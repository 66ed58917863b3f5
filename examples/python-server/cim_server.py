#!/usr/bin/env python3
"""
A small CIM server on Python's standard library. It shares no code with Cupping: it was written from the rules alone,
to show the conformance suite a server that nobody of the project's other servers resembles.
"""

import argparse
import asyncio
import csv
import hashlib
import json
import os
import signal
import sys

from cim_http import HttpApi
from cim_logic import Logic
from cim_store import Store
from cim_wire import HEADER, MAX_PACKET, BadBody, decode, packet

SLOW_READER_BYTES = 4 * 1024 * 1024
NEEDS_NO_LOGIN = (0x0101, 0x0107)
PUSHES = {
    "MSG_DATA": (0x0301, "MsgData"),
    "MSG_READ_NOTIFY": (0x0304, "ReadAck"),
}


class Connection:
    def __init__(self, writer):
        self.writer = writer
        self.user = None
        self.timer = None
        self.pushed = 0
        self.reply = None  # command, message type and seq_num of the answer that is due

    def answer(self, values):
        command, message, seq = self.reply
        self._write(command, message, values, seq or self._next_push())

    def push(self, command, message, values):
        self._write(command, message, values, self._next_push())

    def _next_push(self):
        self.pushed = self.pushed % 65534 + 1
        return self.pushed

    def _write(self, command, message, values, seq):
        if self.writer.transport.get_write_buffer_size() > SLOW_READER_BYTES:
            self.writer.transport.abort()  # CONN-18
        if not self.writer.is_closing():
            self.writer.write(packet(command, seq, message, values))


class Gate:
    def __init__(self, store, login_seconds, heartbeat_seconds):
        self.login_seconds, self.heartbeat_seconds = login_seconds, heartbeat_seconds
        self.online = {}
        logic = Logic(store, self)
        # command: handler, request, answer's command, answer
        self.commands = {
            0x0101: (logic.login_by_token, "AuthTokenReq", 0x0102, "AuthRsp"),
            0x0103: (logic.logout, "LogoutReq", 0x0104, "LogoutRsp"),
            0x0105: (logic.heartbeat, "Empty", 0x0105, "Empty"),
            0x0107: (logic.login_by_name, "AuthReq", 0x0108, "AuthRsp"),
            0x0201: (logic.sessions, "SessionsReq", 0x0202, "SessionsRsp"),
            0x0205: (logic.history, "HistoryReq", 0x0206, "HistoryRsp"),
            0x0301: (logic.message, "MsgData", 0x0302, "MsgDataAck"),
            0x0302: (logic.delivery_confirmation, "MsgDataAck", None, None),
            0x0303: (logic.read, "ReadAck", None, None),
        }

    def later(self, act, seconds=0):
        return asyncio.get_running_loop().call_later(seconds, act)

    def push(self, users, name, values, but=None):
        command, message = PUSHES[name]
        for user in dict.fromkeys(users):
            for conn in list(self.online.get(user, ())):
                if conn is not but:
                    conn.push(command, message, values)

    def logged_in(self, conn, user):
        conn.user = user
        self.online.setdefault(user, []).append(conn)
        self._expect_life(conn)

    def close(self, conn):
        self._forget(conn)
        conn.writer.close()

    def _expect_life(self, conn):
        conn.timer.cancel()
        conn.timer = self.later(lambda: self.close(conn), self.heartbeat_seconds)

    def _forget(self, conn):
        conn.timer.cancel()
        others = self.online.get(conn.user, [])
        if conn in others:
            others.remove(conn)
            if not others:
                del self.online[conn.user]

    async def serve(self, reader, writer):
        conn = Connection(writer)
        conn.timer = self.later(writer.close, self.login_seconds)  # LOGIN-10
        try:
            while not writer.is_closing():
                length, _, _, _, command, seq, _ = HEADER.unpack(await reader.readexactly(HEADER.size))
                if not HEADER.size <= length <= MAX_PACKET:
                    break  # CONN-06
                body = await reader.readexactly(length - HEADER.size)
                if writer.is_closing() or not self._handle(conn, command, seq, body):
                    break
        except (asyncio.IncompleteReadError, ConnectionError, TimeoutError):
            pass
        finally:
            self.close(conn)

    def _handle(self, conn, command, seq, body):
        """Acts on one packet; False when the connection has to go."""
        if not conn.user and command not in NEEDS_NO_LOGIN:
            return False  # CONN-15
        if command not in self.commands:
            return True  # CONN-13
        act, request, reply, answer = self.commands[command]
        if command == 0x0105:
            self._expect_life(conn)  # HB-02
        try:
            values = decode(request, body)
        except BadBody:
            return True  # CONN-14
        conn.reply = (reply, answer, seq)
        try:
            act(conn, values)
        except Exception as error:  # CONN-17: no packet may stop the server
            print(f"command 0x{command:04x} failed: {error!r}", file=sys.stderr, flush=True)
        return True


def add_users(store, path):
    """Accounts from a CSV file: user_id,user_name,password,token."""
    with open(path, newline="", encoding="utf-8") as file, store:
        for row in csv.DictReader(file):
            digest = hashlib.md5(row["password"].encode()).hexdigest()
            store.add_user(row["user_name"], row["user_name"], digest, int(row["user_id"]), row.get("token") or None)


async def run(options):
    store = Store(options.store)
    if options.users_file:
        add_users(store, options.users_file)
    gate = Gate(store, options.login_timeout, options.heartbeat_timeout)
    api = HttpApi(store)
    tcp = await asyncio.start_server(gate.serve, options.host, options.tcp, backlog=1024)
    http = await asyncio.start_server(api.serve, options.host, options.http)
    ports = [server.sockets[0].getsockname()[1] for server in (tcp, http)]
    print(json.dumps({"event": "listening", "tcp": ports[0], "http": ports[1], "pid": os.getpid()}), flush=True)
    stopped = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    await stopped.wait()


def main():
    parser = argparse.ArgumentParser(description="A small CIM server on Python's standard library.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--tcp", type=int, default=8000, help="port of the gate; 0 takes any free one")
    parser.add_argument("--http", type=int, default=18080, help="port of the HTTP API; 0 takes any free one")
    parser.add_argument("--store", default=":memory:", help="SQLite file; without it nothing outlives the process")
    parser.add_argument("--login-timeout", type=float, default=15.5, help="seconds")
    parser.add_argument("--heartbeat-timeout", type=float, default=61, help="seconds")
    parser.add_argument("--users-file", help="CSV file: user_id,user_name,password,token")
    asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    main()
