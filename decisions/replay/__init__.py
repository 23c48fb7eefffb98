"""Sealed decisions run again through their own editions: the same path, rule and outcome?"""
