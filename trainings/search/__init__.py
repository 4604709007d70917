"""The public catalogue: which trainings a visitor's search gives, and how a card says them."""
