#!/usr/bin/env python3
"""核对存证文件：只用 Python 标准库。Checks a proof file of Lianxin's public log with nothing but Python's standard library.

usage: verify.py FILE.tlog-proof KEY [RECEIPT]
KEY is the verifier key on the poster: name+id+base64. RECEIPT is the text behind # on the slip.
Exit code 0: true. 1: does not agree with the log. 2: wrongly called.
Written apart from Lianxin's own code; the format is docs/design/log-format.md.
"""
import base64, hashlib, hmac, json, sys


def sha256(data):
    return hashlib.sha256(data).digest()


# --- Ed25519 (RFC 8032, verification only) ---
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)


def point_x(y, odd):
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * SQRT_M1 % P
    if y >= P or (x * x - x2) % P or (x == 0 and odd):
        raise ValueError("not a point")
    return P - x if x % 2 != odd else x


def point(data):
    number = int.from_bytes(data, "little")
    y = number & ((1 << 255) - 1)
    x = point_x(y, number >> 255)
    return (x, y, 1, x * y % P)


def add(a, b):
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(number, a):
    result = (0, 1, 1, 0)
    while number:
        if number & 1:
            result = add(result, a)
        a, number = add(a, a), number >> 1
    return result


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE = (point_x(BASE_Y, 0), BASE_Y, 1, point_x(BASE_Y, 0) * BASE_Y % P)


def signed(key, message, signature):
    if len(signature) != 64 or int.from_bytes(signature[32:], "little") >= L:
        return False
    try:
        a, r = point(key), point(signature[:32])
    except ValueError:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    left, right = times(int.from_bytes(signature[32:], "little"), BASE), add(r, times(h, a))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# --- the tree (RFC 9162, section 2.1.3.2) ---
def included(index, size, leaf_hash, path, root):
    if not 0 <= index < size:
        return False
    last, node = size - 1, leaf_hash
    for sibling in path:
        if last == 0 or len(sibling) != 32:
            return False
        if index % 2 or index == last:
            node = sha256(b"\x01" + sibling + node)
            while index % 2 == 0 and index:
                index, last = index >> 1, last >> 1
        else:
            node = sha256(b"\x01" + node + sibling)
        index, last = index >> 1, last >> 1
    return last == 0 and node == root


def b64(text):
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data).decode() != text:
        raise ValueError("base64 with a second meaning")
    return data


def b64url(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def mark_of(seed):
    salt = hmac.new(seed, b"lx-salt/v1\nreceipt", hashlib.sha256).digest()
    mark = hmac.new(salt, b"lx-commit/v1\nreceipt\n1", hashlib.sha256).digest()
    return base64.urlsafe_b64encode(mark).decode().rstrip("=")


def check(text, key_text, receipt):
    """Gives None where the proof holds, else why not."""
    head, checkpoint = text.split("\n\n", 1)
    first, extra, index, *path = head.split("\n")
    body, signatures = checkpoint.rsplit("\n\n", 1)
    body += "\n"
    origin, size, root, end = body.split("\n")
    if first != "c2sp.org/tlog-proof@v1" or not extra.startswith("extra ") or not index.startswith("index ") or end:
        return "not a proof file"
    name, key_id, key = key_text.strip().split("+", 2)
    key = b64(key)
    if sha256(name.encode() + b"\n" + key)[:4].hex() != key_id or key[0] != 1 or len(key) != 33:
        return "the key is damaged"
    if origin != name:
        return "another log"
    lines = [line.split(" ") for line in signatures.rstrip("\n").split("\n")]
    ours = [b64(line[2]) for line in lines if line[:2] == ["\u2014", name] and b64(line[2])[:4].hex() == key_id]
    if not ours or not all(signed(key[1:], body.encode(), line[4:]) for line in ours):
        return "not signed by the log's key"
    extra = json.loads(b64(extra[6:]))
    leaf = json.loads(extra["leaf"])
    leaf_hash = sha256(b"\x00" + extra["leaf"].encode())
    if not included(int(index[6:]), int(size), leaf_hash, [b64(line) for line in path], b64(root)):
        return "not in the log"
    commitments = leaf["c"]
    if leaf["k"] == "private.day":
        entry_hash = sha256(b"\x00" + extra["entry"].encode())
        day_path = [b64(line) for line in extra["path"]]
        if not included(extra["position"], leaf["pub"]["size"], entry_hash, day_path, b64url(leaf["pub"]["root"])):
            return "not in the leaf of its day"
        commitments = json.loads(extra["entry"])["c"]
    if receipt is not None and commitments.get("receipt") != mark_of(b64url(receipt.rsplit(".", 1)[1])):
        return "the receipt belongs to another entry"
    return None


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        print(__doc__)
        sys.exit(2)
    try:
        with open(sys.argv[1], encoding="utf-8", newline="") as file:
            problem = check(file.read(), sys.argv[2], sys.argv[3] if len(sys.argv) == 4 else None)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        problem = f"unreadable ({error})"
    print("真实 true" if problem is None else f"与册上不符 does not agree with the log: {problem}")
    sys.exit(0 if problem is None else 1)
