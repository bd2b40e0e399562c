"""Tests that look at the running service from outside."""
