"""What `dev.py drill` plays: a company gives its places while the servers fail one after the other.

`world` writes the offer and its candidates, `people` are the company's members at their keyboards,
`verdict` reads what is left. `devstack/commands/drill.py` starts the servers and makes the trouble.
"""
