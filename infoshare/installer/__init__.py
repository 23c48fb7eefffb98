"""Bring InfoShare up on a machine that has nothing but Python 3.11 and make.

Standard library only, and nothing of Django: these modules run before anything is installed.
Each has one job:

- `checkout`   the folders and files that belong to this copy of InfoShare
- `console`    what the person at the terminal is told
- `children`   start another program, show that it works, stop it with everything it started
- `stamps`     skip what is already done
- `lock`       one installer at a time
- `system`     libraries that come from Debian
- `packages`   `.venv` and the pinned Python packages
- `assets`     npm, styles and scripts, collected static files
- `demo`       key, tables and invented cases of the demo
- `port`, `server`  the address and the web server behind `make run`
- `checks`, `registry_names`  `make lint`
- `pins`       `make pins`
"""
