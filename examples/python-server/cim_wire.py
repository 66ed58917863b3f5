"""What travels on the wire: the 16-byte header, the protobuf encoding, and the messages of the contract."""

import struct

HEADER = struct.Struct(">IHHHHHH")  # length, version, flag, service_id, command_id, seq_num, reversed
MAX_PACKET = 10 * 1024 * 1024


class BadBody(Exception):
    """The bytes are not a message of the expected type."""


# One message per line: field number, type, name. "*" marks repeated fields, a capital letter another message.
# fmt: off
_SCHEMA = {
    "UserInfo": "1 u64 user_id, 2 str nick_name, 3 str nick_name_spell, 9 str phone, 10 str avatar_url, 11 str attach_info",
    "SessionInfo": "1 u64 session_id, 2 i32 session_type, 3 i32 session_status, 4 u32 unread_cnt, 5 u32 updated_time, "
        "6 str msg_id, 7 u64 server_msg_id, 8 u32 msg_time_stamp, 9 bytes msg_data, 10 i32 msg_type, "
        "11 u64 msg_from_user_id, 12 i32 msg_status, 13 str msg_attach, 14 str extend_data, 15 bool is_robot_session",
    "MsgInfo": "1 str client_msg_id, 2 u64 server_msg_id, 3 i32 msg_res_code, 4 i32 msg_feature, 5 i32 session_type, "
        "6 u64 from_user_id, 7 u64 to_session_id, 8 u32 create_time, 9 i32 msg_type, 10 i32 msg_status, "
        "11 bytes msg_data, 12 str attach, 13 i32 sender_client_type",
    "AuthTokenReq": "1 u64 user_id, 2 str nick_name, 3 str user_token, 4 i32 client_type, 5 str client_version",
    "AuthReq": "1 str user_name, 2 str user_pwd, 3 i32 client_type, 4 str client_version",
    "AuthRsp": "1 u32 server_time, 2 i32 result_code, 3 str result_string, 4 UserInfo user_info",
    "LogoutReq": "1 u64 user_id, 2 i32 client_type",
    "LogoutRsp": "1 u32 result_code",
    "Empty": "",
    "SessionsReq": "1 u64 user_id, 2 u32 latest_update_time",
    "SessionsRsp": "1 u64 user_id, 2 u32 unread_counts, 3 *SessionInfo contact_session_list",
    "HistoryReq": "1 u64 user_id, 2 i32 session_type, 3 u64 session_id, 4 u64 end_msg_id, 6 u32 limit_count",
    "HistoryRsp": "1 u64 user_id, 2 i32 session_type, 3 u64 session_id, 4 u64 end_msg_id, 6 *MsgInfo msg_list",
    "MsgData": "1 u64 from_user_id, 2 str from_nick_name, 3 u64 to_session_id, 4 str client_msg_id, "
        "5 u64 server_msg_id, 6 i32 create_time, 7 i32 msg_type, 8 i32 session_type, 9 bytes msg_data",
    "MsgDataAck": "1 u64 from_user_id, 2 u64 to_session_id, 3 str client_msg_id, 4 u64 server_msg_id, 5 i32 res_code, "
        "6 i32 session_type, 7 i32 create_time",
    "ReadAck": "1 u64 user_id, 2 u64 session_id, 3 u64 msg_id, 4 i32 session_type",
}
# fmt: on


def _fields(line):
    fields = {}
    for part in filter(None, (piece.strip() for piece in line.split(","))):
        number, kind, name = part.split()
        fields[int(number)] = (name, kind.lstrip("*"), kind.startswith("*"))
    return fields


SCHEMA = {message: _fields(line) for message, line in _SCHEMA.items()}
_EMPTY = {"u64": 0, "u32": 0, "i32": 0, "bool": False, "str": "", "bytes": b""}


def packet(command, seq, message, values):
    """One whole packet."""
    body = encode(message, values)
    return HEADER.pack(HEADER.size + len(body), 1, 0, 0, command, seq, 0) + body


def encode(message, values):
    """The body for a dictionary of fields; what is missing has its default and is not written."""
    out = bytearray()
    for number, (name, kind, repeated) in SCHEMA[message].items():
        value = values.get(name)
        if not value:
            continue
        if repeated and kind == "u64":
            packed = b"".join(_varint(item) for item in value)
            out += _varint(number << 3 | 2) + _varint(len(packed)) + packed
            continue
        for item in value if repeated else [value]:
            out += _encode_field(number, kind, item)
    return bytes(out)


def _encode_field(number, kind, value):
    if kind in ("u64", "u32", "i32", "bool"):
        return _varint(number << 3) + _varint(int(value) & 0xFFFFFFFFFFFFFFFF)
    if kind == "str":
        value = value.encode()
    elif kind != "bytes":
        value = encode(kind, value)
    return _varint(number << 3 | 2) + _varint(len(value)) + value


def _varint(value):
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def decode(message, body):
    """The fields of a body, defaults included. Missing sub-messages are None. Raises BadBody."""
    values = {
        name: [] if repeated else _EMPTY.get(kind) for name, kind, repeated in SCHEMA[message].values()
    }
    for number, wire, raw in _split(body):
        name, kind, repeated = SCHEMA[message].get(number, (None, None, None))
        if name is None:
            continue
        is_number = kind in ("u64", "u32", "i32", "bool")
        if repeated and is_number and wire == 2:
            at = 0
            while at < len(raw):
                value, at = _read_varint(raw, at)
                values[name].append(value)
        elif wire == (0 if is_number else 2):
            value = _narrow(kind, raw) if is_number else _decode_bytes(kind, raw)
            if repeated:
                values[name].append(value)
            else:
                values[name] = value
    return values


def _decode_bytes(kind, raw):
    if kind == "bytes":
        return raw
    if kind != "str":
        return decode(kind, raw)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadBody("invalid UTF-8") from error


def _narrow(kind, value):
    if kind == "bool":
        return value != 0
    if kind == "u64":
        return value
    value &= 0xFFFFFFFF
    return value - (1 << 32) if kind == "i32" and value >> 31 else value


def _split(body):
    """Field number, wire type and raw value of every field."""
    at = 0
    while at < len(body):
        key, at = _read_varint(body, at)
        number, wire = key >> 3, key & 7
        if number == 0:
            raise BadBody("field number 0")
        if wire == 0:
            raw, at = _read_varint(body, at)
        elif wire in (1, 2, 5):
            size, at = _read_varint(body, at) if wire == 2 else (8 if wire == 1 else 4, at)
            if at + size > len(body):
                raise BadBody("a field ends behind the body")
            raw, at = body[at : at + size], at + size
        else:
            raise BadBody(f"wire type {wire}")
        yield number, wire, raw


def _read_varint(body, at):
    value = shift = 0
    while True:
        if at >= len(body) or shift > 63:
            raise BadBody("a number does not end")
        byte = body[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value & 0xFFFFFFFFFFFFFFFF, at
        shift += 7
