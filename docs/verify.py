#!/usr/bin/env python3
"""核对存证文件和决议证书：只用 Python 标准库。Checks a proof file or a certificate of Lianxin's public log with nothing but Python's standard library.

usage: verify.py FILE.tlog-proof KEY [RECEIPT] [--policy FILE]
       verify.py CERTIFICATE.json|CERTIFICATE.pdf KEY [--policy FILE]
KEY is the verifier key on the poster: name+id+base64. RECEIPT is the text behind # on the slip.
The policy (c2sp.org/tlog-policy) names the witnesses; without it nobody is taken for one.
Exit code 0: true. 1: does not agree with the log. 2: wrongly called.
Written apart from Lianxin's own code; the format is docs/design/log-format.md.
"""
import base64, hashlib, hmac, json, re, sys, zlib


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


# --- witnesses (c2sp.org/tlog-cosignature, c2sp.org/tlog-policy) ---
def parse_policy(text):
    """Gives witnesses by name, groups by name, and the quorum."""
    witnesses, groups, quorum = {}, {}, None
    for line in text.split("\n"):
        items = line.split()
        if not items or items[0].startswith("#"):
            continue
        if items[0] == "witness":
            name, key_id, key = items[2].split("+", 2)
            key = b64(key)
            if key[0] != 4 or len(key) != 33 or sha256(name.encode() + b"\n" + key)[:4].hex() != key_id:
                raise ValueError("a witness's key is damaged")
            witnesses[items[1]] = (name, key_id, key[1:])
        elif items[0] == "group":
            least = {"all": len(items) - 3, "any": 1}.get(items[2]) or int(items[2])
            groups[items[1]] = (least, items[3:])
        elif items[0] == "quorum":
            quorum = items[1]
        elif items[0] != "log":
            raise ValueError("not a policy")
    return witnesses, groups, quorum


def cosigners(body, lines, policy):
    """Names of the policy's witnesses that cosigned; raises where a line bears a witness's name and key and is not his."""
    found = {}
    for name, (key_name, key_id, key) in policy[0].items():
        for line in lines:
            data = b64(line[2])
            if line[1] != key_name or data[:4].hex() != key_id:
                continue
            seconds = int.from_bytes(data[4:12], "big")
            if not signed(key, b"cosignature/v1\ntime %d\n" % seconds + body.encode(), data[12:]):
                raise ValueError("a cosignature was forged or changed")
            found[name] = seconds
    return found


def enough(policy, names):
    def counts(name):
        if name in policy[1]:
            least, members = policy[1][name]
            return sum(counts(member) for member in members) >= least
        return name in names

    return policy[2] not in (None, "none") and counts(policy[2])


# --- certificates ---
def files_in_pdf(data):
    for found in re.finditer(rb"/EmbeddedFile(?![A-Za-z])", data):
        start = re.compile(rb">>\s*stream\r?\n").search(data, found.start())
        length = re.search(rb"/Length (\d+)(?! \d+ R)", data[found.start():start.start()])
        packed = data[start.end():start.end() + int(length.group(1))]
        yield zlib.decompress(packed) if b"/FlateDecode" in data[found.start():start.start()] else packed


def reaches(share, count, base):
    upper, lower = (int(part) for part in share["fraction"].split("/"))
    if count is None or not base or count > base:
        return False
    return lower * count > upper * base if share["strict"] else lower * count >= upper * base


def counts_hold(step):
    n = step["counts"].get
    votes = (n("for") or 0) + (n("against") or 0) + (n("abstained") or 0)
    if n("present") is not None and (n("entitled") is None or n("present") > n("entitled") or votes > n("present")):
        return False
    bases = {"entitled": n("entitled"), "all-members": n("entitled"), "registered-voters": n("entitled"), "present": n("present"),
             "voting": n("present") if n("against") is None and n("abstained") is None else votes}
    attended = [reaches(s, n("households_present"), n("households")) if s["of"] == "households"
                else reaches(s, n("present"), bases.get(s["of"])) for s in step["attendance"]]
    carried = not step["approval"] or any(reaches(s, n("for"), bases.get(s["of"])) for s in step["approval"])
    if attended and not any(attended):
        return False
    return carried if step["act"] == "pass" else step["act"] != "reject" or not carried


def check_certificate(text, key_text, policy):
    """Gives (None or why not, witnessed)."""
    file = json.loads(text)
    canonical = json.dumps(file, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    if canonical != text or sorted(file) != ["certificate", "proof", "steps"]:
        return "the file is not canonical", False
    certificate = file["certificate"]
    own = json.dumps(certificate, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    seen = {}
    problem = check(file["proof"], key_text, None, policy, seen)
    if problem is not None:
        return problem, False
    leaf = seen["leaf"]
    if leaf["k"] != "certificate" or leaf["pub"]["doc_sha256"] != hashlib.sha256(own.encode()).hexdigest():
        return "the certificate was changed", False
    if leaf["pub"]["matter"] != certificate["matter"]["id"] or leaf["d"] != certificate["place"]["division"]:
        return "the certificate was changed", False
    if len(file["steps"]) != len(certificate["steps"]) or not certificate["steps"]:
        return "a step is missing", False
    before = ("", -1)
    for step, proof in zip(certificate["steps"], file["steps"]):
        of = {}
        problem = check(proof, key_text, None, policy, of)
        if problem is not None:
            return problem, False
        pub, place = of["leaf"]["pub"], (of["origin"][-4:], of["index"])
        counts = {key: pub[key] for key in ("entitled", "households", "present", "households_present", "for", "against", "abstained") if key in pub}
        same = (of["leaf"]["k"] == "decision" and counts == step["counts"] and pub["step"] == step["stage"] and pub["act"] == step["act"]
                and pub["on"] == step["on"] and pub["matter"] == certificate["matter"]["id"] and pub["rule"] == certificate["rule"]["hash"]
                and step["leaf"] == {"index": of["index"], "origin": of["origin"]} and of["leaf"]["c"]["head"] == step["recorded"]
                and of["leaf"]["d"] == certificate["place"]["division"])
        if not same or place <= before:
            return "a step is not what its leaf says", False
        before = place
        if not counts_hold(step):
            return "the counts do not reach what the rule asks for", False
    for one in certificate["publications"]:
        if "asked" in one and one["days"] < one["asked"]:
            return "a publication was too short", False
    return None, seen["witnessed"]


def check(text, key_text, receipt, policy=None, seen=None):
    """Gives None where the proof holds, else why not. `seen` is filled with what was found."""
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
        # A county signs all its years with one key; the id of the key is made of the year's own name.
        if seen is None or "proof" in seen or origin.rsplit("/", 1)[0] != name.rsplit("/", 1)[0]:
            return "another log"
        name, key_id = origin, sha256(origin.encode() + b"\n" + key)[:4].hex()
    lines = [line.split(" ") for line in signatures.rstrip("\n").split("\n")]
    ours = [b64(line[2]) for line in lines if line[:2] == ["\u2014", name] and b64(line[2])[:4].hex() == key_id]
    if not ours or not all(signed(key[1:], body.encode(), line[4:]) for line in ours):
        return "not signed by the log's key"
    names = cosigners(body, lines, policy) if policy else {}
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
    if seen is not None:
        seen.update(leaf=leaf, origin=origin, index=int(index[6:]), witnessed=bool(policy) and enough(policy, names))
    return None


if __name__ == "__main__":
    args = sys.argv[1:]
    policy, witnessed = None, False
    if "--policy" in args:
        at = args.index("--policy")
        with open(args[at + 1], encoding="utf-8") as file:
            policy = parse_policy(file.read())
        del args[at:at + 2]
    if len(args) not in (2, 3):
        print(__doc__)
        sys.exit(2)
    try:
        with open(args[0], "rb") as file:
            data = file.read()
        if data.startswith(b"%PDF-"):
            data = next(files_in_pdf(data))
        if data.startswith(b"{"):
            problem, witnessed = check_certificate(data.decode(), args[1], policy)
        else:
            found = {"proof": True}
            problem = check(data.decode(), args[1], args[2] if len(args) == 3 else None, policy, found)
            witnessed = found.get("witnessed", False)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, StopIteration, zlib.error) as error:
        problem = f"unreadable ({error})"
    true = "真实且已见证 true and witnessed" if witnessed else "真实 true"
    print(true if problem is None else f"与册上不符 does not agree with the log: {problem}")
    sys.exit(0 if problem is None else 1)
