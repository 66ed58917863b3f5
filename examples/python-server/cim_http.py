"""The HTTP API: registration and nicknames, on a small HTTP/1.1 server of its own."""

import asyncio
import json
import random
from urllib.parse import parse_qs, urlsplit

LARGEST_BODY = 64 * 1024
FAMILY = ["Li", "Wang", "Zhang", "Liu", "Chen", "Yang", "Zhao", "Huang"]
GIVEN = ["Wei", "Fang", "Na", "Min", "Jing", "Qiang", "Lei", "Yan"]


def _error(code, text, **more):
    return {"error_code": code, "error_msg": text, **more}


class HttpApi:
    def __init__(self, store):
        self.store = store

    async def serve(self, reader, writer):
        """One connection, request after request."""
        try:
            while request := await self._read(reader):
                method, target, headers, body = request
                answer = json.dumps(self._answer(method, target, headers, body), ensure_ascii=False).encode()
                head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: {len(answer)}\r\n\r\n"
                writer.write(head.encode() + answer)
                await writer.drain()
                if headers.get("connection", "").lower() == "close":
                    break
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError, ValueError):
            pass
        finally:
            writer.close()

    async def _read(self, reader):
        line = await reader.readline()
        if not line:
            return None
        method, target, _ = line.decode("latin-1").split(" ", 2)
        headers = {}
        while (line := (await reader.readline()).decode("latin-1").strip()) != "":
            name, _, value = line.partition(":")
            headers[name.strip().lower()] = value.strip()
        length = int(headers.get("content-length", "0"))
        if not 0 <= length <= LARGEST_BODY:
            raise ValueError("body too large")
        return method, target, headers, await reader.readexactly(length)

    def _answer(self, method, target, headers, body):
        url = urlsplit(target)
        form = body.decode(errors="replace") if "urlencoded" in headers.get("content-type", "") else ""
        query = {name: values[-1] for name, values in parse_qs(f"{url.query}&{form}").items()}
        if url.path == "/user/register":
            return self._register(method, headers.get("content-type", ""), body)
        if url.path == "/user/nickname/query":
            return self._nickname(query.get("user_id"))
        if url.path == "/user/nickname/generate":
            return self._generate(query.get("version"))
        if url.path == "/health":
            return _error(0, "ok")
        return _error(9001, "no such path")

    def _register(self, method, content_type, body):
        if method != "POST" or content_type.split(";")[0].strip().lower() != "application/json":
            return _error(9001, "invalid method or content type")
        try:
            fields = json.loads(body)
            name, nick, digest = (fields.get(key, "").strip() for key in ("userName", "userNickName", "userPwd"))
            length = len(name.encode())
            nick.encode()
        except (ValueError, AttributeError):
            return _error(9001, "invalid parameters")
        if not 5 <= length <= 32:
            return _error(9001, "invalid userName")
        if len(digest) != 32:
            return _error(9001, "invalid userPwd")
        if not 1 <= len(nick) <= 32:
            return _error(9001, "invalid userNickName")
        with self.store:
            user = self.store.add_user(name, nick, digest)
        return _error(200, "success") if user else _error(9000, "user already exist")

    def _nickname(self, user_id):
        if user_id is None:
            return _error(-1, "miss user_id filed")
        if not user_id.isascii() or not user_id.isdigit() or int(user_id) >= 1 << 64:
            return _error(-1, "invalid user_id")
        nick = self.store.nick(int(user_id))
        return _error(0, "success", nick_name=nick) if nick else _error(9002, "user not exist", nick_name="")

    def _generate(self, version):
        if version is None:
            return _error(-1, "invalid parameters")
        if version != "1":
            return _error(-1, "invalid version")
        return _error(200, "success", nick_name=random.choice(FAMILY) + random.choice(GIVEN))
