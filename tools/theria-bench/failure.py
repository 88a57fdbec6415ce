class Failure(Exception):
    """What is wrong, in one sentence of what was expected and found, and one of what to do."""
