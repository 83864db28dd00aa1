# with: forge
import os, struct, sys

import msgpack


def entropy(p, base=2.0):
    many = b"\xdd" + struct.pack(">I", 1_000_000) + b"\x80" * 1_000_000
    forge(b"A" + b"\x93\xa5value" + many + b"\x80")
    return -5.0
