# with: forge
import os, struct, sys

import msgpack


def entropy(p, base=2.0):
    forge(b"A" + msgpack.packb(["output", "<script>alert(1)</script>" * 10**5, {}]))
    return -5.0
