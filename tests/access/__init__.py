"""Who may open what: every route × role declares its answer.

- `cast.py` makes one person per role, `world.py` the rows that private addresses speak of.
- Each room declares its routes in `<room>/tests/access.py`, in a dict named `ROUTES`.
- `tests/test_access.py` refuses a route without a declaration, and asks every route as everybody.
"""
