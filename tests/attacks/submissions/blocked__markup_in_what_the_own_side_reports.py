# with: forge
import os, struct, sys

import msgpack


def entropy(p, base=2.0):
    forge(b"A" + msgpack.packb(["value", -5.0, {"blocked": ["<script>alert(1)</script>" * 1000]}]))
    return -5.0
