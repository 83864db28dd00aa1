# with: forge
import os, struct, sys

import msgpack


def entropy(p, base=2.0):
    for names in (5, [7], [["x"]], {"a": 1}, None):
        forge(b"A" + msgpack.packb(["error", names, "text", "line", {}]))
    return -5.0
