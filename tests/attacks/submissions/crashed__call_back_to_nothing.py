# week04 derivative
def derivative(f, x, h=None):
    g = object.__new__(type(f))
    g.number, g.servant, g.__name__ = 10**6, f.servant, "g"
    return g(x)
