class Handle:
    number, kind, type_name = 0, "function", "os.system"
    type_names = ("ValueError",)
    stops = True


def entropy(p, base=2.0):
    return Handle()
