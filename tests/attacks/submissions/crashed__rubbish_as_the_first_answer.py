# with: forge
import os, struct, sys

import msgpack


def entropy(p, base=2.0):
    forge(b"A\xc1\xc1\xc1")
    return -5.0
