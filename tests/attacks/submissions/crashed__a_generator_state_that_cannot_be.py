# week06 sample_exponential
# with: forge
import os, struct, sys

import msgpack


def sample_exponential(rate, size, rng):
    forge(b"A" + msgpack.packb(["value", 0.0, {"generators": [[-1, 2, 3, 4]]}]))
    return -5.0
