# with: forge
import os, struct, sys

import msgpack


def entropy(p, base=2.0):
    forge(b"A" + msgpack.packb(["error", [], "text", "line", {}]))
    return -5.0
