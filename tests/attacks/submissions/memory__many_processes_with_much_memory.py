import os, time

for _ in range(4):
    if os.fork() == 0:
        try:
            kept = bytearray(2**27)
            time.sleep(60)
        finally:
            os._exit(0)


def entropy(p, base=2.0):
    return bytearray(2**40)
