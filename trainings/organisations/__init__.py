"""The training organisations' space: who opens it, its sessions, what its people say of them."""
