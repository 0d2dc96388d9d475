"""Findings for readers: text for people, JSON for programs, annotations for GitHub.

Reports are plain functions from findings and sources to text; none of them prints.
"""
