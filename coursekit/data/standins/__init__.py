"""Simulated tables with the columns of files that the course may not carry."""
