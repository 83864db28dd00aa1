# week01 word_counts
def word_counts(*args, **kwargs):
    return {"<script>alert(1)</script>": "\u202e</td></table><script>alert(2)</script>\x00\x07"}
