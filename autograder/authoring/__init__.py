"""Read `source/`: files become exercises, pages and assignments."""
