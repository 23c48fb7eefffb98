"""Journeys in a real Chromium, against the real server with production settings.

A package, so that the browser is closed when its last test is done and no other test runs
beside Playwright's event loop.
"""
