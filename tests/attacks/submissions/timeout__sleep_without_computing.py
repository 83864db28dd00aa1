import time


def entropy(p, base=2.0):
    time.sleep(600)
