"""One module per command of `dev.py`, each with a `main(arguments) -> exit code`."""
