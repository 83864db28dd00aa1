import os, signal, time

for number in range(8):
    child = os.fork()
    if child == 0:
        if number % 2:
            signal.raise_signal(signal.SIGSTOP)
        os._exit(number)


def entropy(p, base=2.0):
    return -5.0
