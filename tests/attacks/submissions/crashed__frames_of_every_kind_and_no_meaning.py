# with: forge
import os, struct, sys

import msgpack


def entropy(p, base=2.0):
    for kind in (b"", b"A", b"Q", b"N", b"T", b"P", b"Z", b"Nclean", b"Aclean", b"Qhello"):
        forge(kind)
        forge(kind + bytes(range(256)))
    return -5.0
