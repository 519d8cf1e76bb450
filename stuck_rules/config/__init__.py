"""A project's settings: where they are given, how they are read, which of them hold."""
