"""The register of protocols: what an organisation has agreed with others on sharing information.

A protocol never decides anything: nobody needs one to share, and none is asked for. So nothing
that asks questions, concludes or seals may import this room (import-linter holds it).
"""
