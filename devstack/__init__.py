"""The stack of a developer: environment, servers from wheels, and the commands of `dev.py`.

`door`, `environment`, `console` and `places` run on a bare Python; the others in our environment.
Nothing here is used by the site itself.
"""
