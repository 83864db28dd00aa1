# honest: raise ValueError
def entropy(p, base=2.0):
    raise ValueError("<script>alert(1)</script><img src=x onerror=alert(1)>\x1b[31m\u202e javascript:alert(1)")  # <script>alert(2)</script>
