"""Make `release/` and `solutions/` from `source/`, and prove that nothing secret leaves."""
