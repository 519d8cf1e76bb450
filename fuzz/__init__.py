"""Inputs that nobody would write, against everything that reads."""
