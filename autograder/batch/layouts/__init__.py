"""The shapes in which learners' work arrives: one module for every system that collects it."""
