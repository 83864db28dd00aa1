# with: forge
import os, struct, sys

import msgpack


def entropy(p, base=2.0):
    data = msgpack.packb([bytes(2**20)])
    for _ in range(60):
        data = b"\x91" + msgpack.packb(msgpack.ExtType(1, data))
    forge(b"A" + b"\x93\xa5value" + msgpack.packb(msgpack.ExtType(1, data)) + b"\x80")
    return -5.0
