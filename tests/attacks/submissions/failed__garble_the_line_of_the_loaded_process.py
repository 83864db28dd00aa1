import os, struct, threading, time


def garble():
    while True:
        time.sleep(0.2)
        for frame in (b"\xc1\xc1", b"\x93\x01\x02\x03"):
            try:
                os.write(3, struct.pack(">I", len(frame)) + frame)
            except OSError:
                return


def entropy(p, base=2.0):
    return -5.0


# %%
threading.Thread(target=garble, daemon=True).start()
