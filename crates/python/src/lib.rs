//! The module `sayso` of Python.
