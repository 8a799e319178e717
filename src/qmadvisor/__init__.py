"""Checks municipal neighbourhood-management plans against a guideline.

A planned setup goes in as facts, every recommendation of the guideline is a declarative rule, and
each rule comes out as a finding with its reason, its source and what to do about it.
"""

__version__ = "0.1.0"
