"""`manage.py serve`: the whole product in one process, ready to use on a machine that has only Python."""
