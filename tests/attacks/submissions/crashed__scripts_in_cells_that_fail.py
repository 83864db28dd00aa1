"""<script>alert(0)</script>"""
print("<script>alert(1)</script>")
raise RuntimeError("</pre><script>alert(2)</script>" * 50)
# %%
def entropy(p, base=2.0):
    """<script>alert(3)</script>"""
    raise type("<script>alert(4)</script>", (Exception,), {})("x")
