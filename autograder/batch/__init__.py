"""Grade many submissions: find them, share them out, keep what was found, and make up classes to try it with."""
