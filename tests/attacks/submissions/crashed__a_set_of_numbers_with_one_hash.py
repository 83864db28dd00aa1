# with: forge
import os, struct, sys

import msgpack


def entropy(p, base=2.0):
    numbers = [msgpack.ExtType(2, (k * (2**61 - 1)).to_bytes(12, "big")) for k in range(5_000)]
    forge(b"A" + msgpack.packb(["value", msgpack.ExtType(4, msgpack.packb(numbers)), {}]))
    return -5.0
